import type { RearrangementKind, RearrangementReason, RearrangementRequest, SourceLimit } from '@throughline/model';
import type { Generated, GeneratedAlways } from 'kysely';
import type { Instant, InstantNow, Json, JsonOr, Optional } from './column-types.ts';

export interface RearrangementTable {
  id: GeneratedAlways<number>;
  tenant_id: string;
  kind: RearrangementKind;
  at: Instant;
  actor_kind: 'person' | 'token' | 'system';
  actor_name: string;
  reason: Optional<RearrangementReason>;
  note: Generated<string>;
  from_id: number;
  into_id: number;
  alerts: number[];
  led_on: Generated<number[]>;
  was: JsonOr<Record<string, unknown>>;
  undoes: Optional<number>;
  undone_by: Optional<number>;
  effect: Json<unknown> | null;
  after_seq: Optional<number>;
}

export interface RearrangementRequestTable {
  id: GeneratedAlways<number>;
  tenant_id: string;
  requested_at: InstantNow;
  actor_kind: 'person' | 'token' | 'system';
  actor_name: string;
  groups: number[] | null;
  sources: Json<SourceLimit> | null;
  request: Json<RearrangementRequest>;
  state: Generated<'waiting' | 'done' | 'refused'>;
  answer: Json<unknown> | null;
}

export interface RearrangementTables {
  rearrangement: RearrangementTable;
  rearrangement_request: RearrangementRequestTable;
}
