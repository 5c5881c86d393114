import type { Generated, GeneratedAlways } from 'kysely';
import type { Instant, InstantNow, Json, NullableInstant, Optional } from './column-types.ts';

export interface TelemetryDeviceTable {
  tenant_id: string;
  device_id: string;
  device_name: string;
  first_seen: Instant;
  last_seen: Instant;
}

export interface TelemetryRetentionTable {
  tenant_id: string;
  table_name: string;
  days: number;
}

export interface AlertRowsTable {
  tenant_id: string;
  done: Generated<number>;
  planned: Generated<number>;
}

export interface RulePackTable {
  id: GeneratedAlways<number>;
  tenant_id: string;
  name: string;
  version: Generated<string>;
  licence: Generated<string>;
  url: Generated<string>;
  added_at: InstantNow;
  added_by: string;
  updated_at: InstantNow;
  updated_by: string;
}

export interface DetectionRuleTable {
  tenant_id: string;
  pack_id: number;
  path: string;
  yaml: string;
  updated_at: InstantNow;
}

export interface DetectionRuleSettingTable {
  tenant_id: string;
  rule_id: string;
  enabled: Generated<boolean>;
  window_minutes: Optional<number>;
  reason: Generated<string>;
  updated_at: InstantNow;
  updated_by: Generated<string>;
}

export interface DetectionExceptionTable {
  id: GeneratedAlways<number>;
  tenant_id: string;
  rule_id: Optional<string>;
  conditions: Json<unknown>;
  reason: string;
  expires_at: NullableInstant;
  created_at: InstantNow;
  created_by: string;
  ended_at: NullableInstant;
  ended_by: Optional<string>;
  hits: Generated<number>;
  last_hit: NullableInstant;
}

export interface EventTables {
  telemetry_device: TelemetryDeviceTable;
  telemetry_retention: TelemetryRetentionTable;
  alert_rows: AlertRowsTable;
  rule_pack: RulePackTable;
  detection_rule: DetectionRuleTable;
  detection_rule_setting: DetectionRuleSettingTable;
  detection_exception: DetectionExceptionTable;
}
