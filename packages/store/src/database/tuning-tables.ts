import type { Generated, GeneratedAlways } from 'kysely';
import type { TuningDefinition } from '../tuning/tuning-definition.ts';
import type { Instant, Json, NullableInstant, Optional } from './column-types.ts';

export interface TuningRuleTable {
  id: GeneratedAlways<number>;
  tenant_id: string;
  version: Generated<number>;
  name: string;
  enabled: boolean;
  device_groups: Optional<number[]>;
  expires_at: NullableInstant;
  definition: Json<TuningDefinition>;
  author_id: Optional<number>;
  created_at: Instant;
  created_by: string;
  updated_at: Instant;
  updated_by: string;
}

export interface TuningRuleVersionTable {
  tenant_id: string;
  rule_id: number;
  version: number;
  rule: Json<unknown>;
  at: Instant;
  by: string;
}

export interface TuningMatchTable {
  tenant_id: string;
  rule_id: number;
  matched: number;
  last_match_at: Instant;
}

export interface TuningTables {
  tuning_rule: TuningRuleTable;
  tuning_rule_version: TuningRuleVersionTable;
  tuning_match: TuningMatchTable;
}
