import type {
  ActionEvent,
  DeliveryState,
  NoticeAbout,
  NoticeEvent,
  OperationFacts,
  OperationKind,
  ReportEvent,
  RuleKind,
  WebhookFormat,
} from '@throughline/model';
import type { Generated, GeneratedAlways } from 'kysely';
import type { Said } from '../notify/said.ts';
import type {
  StoredAlertLine,
  StoredMailServer,
  StoredRecipient,
  StoredRuleDefinition,
} from '../notify/stored-shapes.ts';
import type { Instant, InstantNow, Json, JsonOr, NullableInstant, Optional } from './column-types.ts';

export interface NotificationRuleTable {
  id: GeneratedAlways<number>;
  tenant_id: string;
  name: string;
  description: Generated<string>;
  enabled: Generated<boolean>;
  kind: Generated<RuleKind>;
  definition: Json<StoredRuleDefinition>;
  device_groups: Optional<number[]>;
  author_id: Optional<number>;
  recipients: Json<StoredRecipient[]>;
  created_at: InstantNow;
  created_by: string;
  updated_at: InstantNow;
  updated_by: string;
  policy_id: Optional<number>;
}

export interface NotificationMailServerTable {
  tenant_id: string;
  config: Json<StoredMailServer>;
  updated_at: InstantNow;
  updated_by: string;
}

export interface NotificationWebhookTable {
  id: GeneratedAlways<number>;
  tenant_id: string;
  name: string;
  url: string;
  format: Generated<WebhookFormat>;
  created_at: InstantNow;
  updated_by: string;
}

export interface NotificationPositionTable {
  tenant_id: string;
  alert_seq: number;
  stream: Generated<string>;
}

export interface NotificationThreadTable {
  tenant_id: string;
  rule_id: number;
  incident_id: number;
  root_id: number;
  window_no: number;
  quiet_until: Instant;
}

export interface NotificationNoticeTable {
  id: GeneratedAlways<number>;
  tenant_id: string;
  rule_id: number;
  rule_name: string;
  root_id: number;
  window_no: number;
  incident_id: number | null;
  event: NoticeEvent;
  about: JsonOr<NoticeAbout | null>;
  alerts: Json<StoredAlertLine[]>;
  alert_count: number;
  merged_from: Generated<number[]>;
  created_at: InstantNow;
  rendered_at: NullableInstant;
}

export interface NotificationDeliveryTable {
  id: GeneratedAlways<number>;
  tenant_id: string;
  notice_id: number | null;
  said: JsonOr<Said | null>;
  escalation_id: Optional<number>;
  key: string;
  thread_key: string;
  channel: 'mail' | 'webhook';
  target: string;
  state: Generated<DeliveryState>;
  message: Json<unknown>;
  message_id: Optional<string>;
  subject: Optional<string>;
  attempts: Generated<number>;
  last_error: Optional<string>;
  created_at: InstantNow;
  due_at: Instant;
  give_up_at: Instant;
  sent_at: NullableInstant;
}

export interface NotificationEventTable {
  id: GeneratedAlways<number>;
  tenant_id: string;
  kind: 'action' | 'report';
  event: Json<ActionEvent | ReportEvent>;
  at: InstantNow;
  judged: Generated<boolean>;
}

export interface OperationConditionTable {
  id: GeneratedAlways<number>;
  tenant_id: string;
  rule_id: number;
  kind: OperationKind;
  subject: string;
  state: 'suspected' | 'open' | 'closed';
  facts: Json<OperationFacts>;
  suspected_at: Instant;
  opened_at: NullableInstant;
  closed_at: NullableInstant;
  closed_by: Optional<'recovered' | 'unwatched'>;
}

export interface JobRunTable {
  name: string;
  last_run: Instant;
  last_success: NullableInstant;
  last_failure: NullableInstant;
  last_error: Optional<string>;
  failures: Generated<number>;
}

export interface NotificationRaiseTable {
  id: GeneratedAlways<number>;
  tenant_id: string;
  alert_seq: number;
  severity_before: number;
  severity_after: number;
  at: InstantNow;
}

export interface NotificationTables {
  notification_raise: NotificationRaiseTable;
  notification_event: NotificationEventTable;
  operation_condition: OperationConditionTable;
  job_run: JobRunTable;
  notification_rule: NotificationRuleTable;
  notification_mail_server: NotificationMailServerTable;
  notification_webhook: NotificationWebhookTable;
  notification_position: NotificationPositionTable;
  notification_thread: NotificationThreadTable;
  notification_notice: NotificationNoticeTable;
  notification_delivery: NotificationDeliveryTable;
}
