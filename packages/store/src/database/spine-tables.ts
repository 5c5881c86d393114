import type {
  ActivityKind,
  Actor,
  Alert,
  AlertStatus,
  Classification,
  Decision,
  Determination,
  EntityKind,
  IncidentStatus,
  LiveEvent,
  PriorityFactor,
  RejectReason,
  SecondFactorPolicy,
} from '@throughline/model';
import type { Generated, GeneratedAlways } from 'kysely';
import type { Instant, InstantNow, Json, JsonOr, NullableInstant, Optional } from './column-types.ts';

export interface TenantTable {
  id: string;
  name: string;
  created_at: InstantNow;
  /** Whether people with a scope also see alerts that name no device. */
  scoped_see_deviceless: Generated<boolean>;
  /** Who must have a second factor. */
  second_factor_policy: Generated<SecondFactorPolicy>;
}

export interface IncidentTable {
  tenant_id: string;
  id: number;
  kind: 'incident' | 'background';
  display_name: string;
  name_locked: Generated<boolean>;
  /** Rank: 0 unknown … 4 high. */
  severity: number;
  severity_locked: Generated<boolean>;
  status: Generated<IncidentStatus>;
  classification: Generated<Classification>;
  determination: Generated<Determination>;
  assigned_to: Optional<string>;
  custom_tags: Generated<string[]>;
  system_tags: Generated<string[]>;
  priority_score: number;
  factors: Json<PriorityFactor[]>;
  reason: string;
  description: Generated<string>;
  facts: Json<unknown>;
  tactic_mask: Generated<number>;
  service_sources: Generated<string[]>;
  detection_sources: Generated<string[]>;
  categories: Generated<string[]>;
  products: Generated<string[]>;
  threats: Generated<string[]>;
  devices: Generated<number>;
  users: Generated<number>;
  mailboxes: Generated<number>;
  apps: Generated<number>;
  cloud_resources: Generated<number>;
  alerts_total: Generated<number>;
  alerts_active: Generated<number>;
  first_activity: Instant;
  last_activity: Instant;
  created_at: InstantNow;
  updated_at: InstantNow;
  resolved_at: NullableInstant;
  resolving_comment: Optional<string>;
  last_modified_by: Optional<string>;
  redirect_to: Optional<number>;
  continues: Optional<number>;
  standing_version: Generated<number>;
  /** It arrived resolved by a tuning rule. */
  resolved_by_tuning: Generated<boolean>;
  /** Device groups of its alerts; of one that was merged, those of the survivor. */
  device_groups: Generated<number[]>;
}

export interface StandingChangeTable {
  n: GeneratedAlways<number>;
  tenant_id: string;
  incident_id: number;
}

export interface EntityTable {
  n: GeneratedAlways<number>;
  tenant_id: string;
  id: string;
  kind: EntityKind;
  name: string;
  redirect_to: Optional<number>;
  /** The one group of a device; null for all else. */
  device_group: Optional<number>;
  first_seen: Instant;
  last_seen: Instant;
}

export interface EntityKeyTable {
  n: GeneratedAlways<number>;
  entity_n: number;
  tenant_id: string;
  kind: EntityKind;
  key: string;
}

export interface AlertTable {
  seq: GeneratedAlways<number>;
  tenant_id: string;
  id: string;
  provider_alert_id: string;
  incident_id: number;
  origin_incident_id: number;
  batch_id: number;
  source: string;
  content_hash: Buffer;
  title: string;
  /** Rank: 0 unknown … 4 high. */
  severity: number;
  /** What filters ask of the document, as words; see `traitsOf`. */
  traits: Generated<string[]>;
  /** Groups of the devices it names; −1 alone when it names none. */
  device_groups: Generated<number[]>;
  status: AlertStatus;
  classification: Classification;
  determination: Determination;
  category: Optional<string>;
  tactic_mask: number;
  service_source: string;
  detection_source: string;
  product_name: Optional<string>;
  detector_id: string;
  threat: Optional<string>;
  investigation_state: Optional<string>;
  /** The tuning rule that applied when it came in. */
  tuning_rule: Optional<number>;
  tuned_resolved: Generated<boolean>;
  assigned_to: Optional<string>;
  first_activity: Instant;
  last_activity: Instant;
  created_at: Instant;
  received_at: InstantNow;
  updated_at: InstantNow;
  resolved_at: NullableInstant;
  person_decided: Generated<boolean>;
  doc: Json<Alert>;
  observation: Json<unknown>;
  decision: Json<Decision>;
}

export interface AlertEntityTable {
  alert_seq: number;
  entity_n: number;
  roles: Generated<string[]>;
  evidence_index: number;
}

export interface IncidentEntityTable {
  tenant_id: string;
  incident_id: number;
  entity_n: number;
  kind: EntityKind;
  alerts_total: number;
  first_seen: Instant;
  last_seen: Instant;
}

export interface CommentTable {
  id: GeneratedAlways<number>;
  tenant_id: string;
  incident_id: number;
  alert_id: Optional<string>;
  created_at: InstantNow;
  created_by: string;
}

export interface CommentVersionTable {
  comment_id: number;
  version: number;
  text: string;
  at: InstantNow;
  by: string;
}

export interface ActivityTable {
  id: GeneratedAlways<number>;
  tenant_id: string;
  at: InstantNow;
  kind: ActivityKind;
  actor_kind: Actor['kind'];
  actor_name: string;
  incident_id: number;
  alert_id: Optional<string>;
  summary: string;
  before: JsonOr<Record<string, unknown>>;
  after: JsonOr<Record<string, unknown>>;
  comment_id: Optional<number>;
}

export interface LiveEventTable {
  id: GeneratedAlways<number>;
  tenant_id: string;
  at: InstantNow;
  event: Json<LiveEvent>;
}

export interface IntakeBatchTable {
  id: GeneratedAlways<number>;
  tenant_id: string;
  received_at: InstantNow;
  received: number;
  accepted: number;
  rejected: number;
  /** Accepted alerts by source. */
  sources: JsonOr<Record<string, number>>;
  alerts: Optional<Buffer>;
  done_at: NullableInstant;
  /** Lanes take turns. */
  lane: Generated<string>;
  /** When its turn comes within its lane. */
  due_at: InstantNow;
  /** Held back to be put in order with all that is due at the same moment. */
  held: Generated<boolean>;
  /** Holds records of telemetry; `alerts` then are these. */
  telemetry: Generated<boolean>;
}

export interface DeadLetterTable {
  id: GeneratedAlways<number>;
  tenant_id: string;
  batch_id: number;
  at: InstantNow;
  source: string;
  reason: RejectReason;
  detail: string;
  line: number;
  /** Null once retention removed it. */
  raw: Buffer | null;
  replayed_at: NullableInstant;
  replay_batch_id: Optional<number>;
}

export interface LedgerTable {
  tenant_id: string;
  source: string;
  received: Generated<number>;
  stored: Generated<number>;
  duplicate: Generated<number>;
  /** Of those stored. */
  deleted: Generated<number>;
  /** Of those stored: hidden, or resolved, by tuning rules as they came in. */
  hidden: Generated<number>;
  auto_resolved: Generated<number>;
  rejected: Generated<number>;
  last_received_at: NullableInstant;
}

export interface LedgerReasonTable {
  tenant_id: string;
  source: string;
  reason: string;
  count: Generated<number>;
}

export interface SpineTables {
  tenant: TenantTable;
  intake_batch: IntakeBatchTable;
  dead_letter: DeadLetterTable;
  ledger: LedgerTable;
  ledger_reason: LedgerReasonTable;
  incident: IncidentTable;
  standing_change: StandingChangeTable;
  entity: EntityTable;
  entity_key: EntityKeyTable;
  alert: AlertTable;
  alert_entity: AlertEntityTable;
  incident_entity: IncidentEntityTable;
  comment: CommentTable;
  comment_version: CommentVersionTable;
  activity: ActivityTable;
  live_event: LiveEventTable;
}
