import type { DigestBody, EscalationEnd, EscalationStep, OnCallScheduleBody } from '@throughline/model';
import type { Generated, GeneratedAlways } from 'kysely';
import type { Instant, InstantNow, Json, NullableInstant, Optional } from './column-types.ts';

export interface OnCallScheduleTable {
  id: GeneratedAlways<number>;
  tenant_id: string;
  name: string;
  definition: Json<Omit<OnCallScheduleBody, 'name'>>;
  updated_at: InstantNow;
  updated_by: string;
}

export interface EscalationPolicyTable {
  id: GeneratedAlways<number>;
  tenant_id: string;
  name: string;
  steps: Json<EscalationStep[]>;
  repeats: Generated<number>;
  updated_at: InstantNow;
  updated_by: string;
}

export interface NotificationEscalationTable {
  id: GeneratedAlways<number>;
  tenant_id: string;
  rule_id: number;
  rule_name: string;
  policy_id: number;
  policy_name: string;
  steps: Json<EscalationStep[]>;
  repeats: number;
  root_id: number;
  incident_id: number;
  state: Generated<'running' | EscalationEnd>;
  step: Generated<number>;
  next_at: NullableInstant;
  started_at: Instant;
  ended_at: NullableInstant;
  ended_by: Optional<string>;
}

export interface AcknowledgeLinkTable {
  token_hash: Buffer;
  tenant_id: string;
  escalation_id: number;
  recipient: string;
  expires_at: Instant;
  used_at: NullableInstant;
}

export interface NotificationDigestTable {
  id: GeneratedAlways<number>;
  tenant_id: string;
  account_id: number;
  definition: Json<DigestBody>;
  next_at: NullableInstant;
  next_day: Optional<string>;
  updated_at: InstantNow;
  updated_by: string;
}

export interface EscalationTables {
  on_call_schedule: OnCallScheduleTable;
  escalation_policy: EscalationPolicyTable;
  notification_escalation: NotificationEscalationTable;
  acknowledge_link: AcknowledgeLinkTable;
  notification_digest: NotificationDigestTable;
}
