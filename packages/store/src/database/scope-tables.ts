import type { BuiltInRole, DeviceRule, Grant, RemediationLevel, SourceMode } from '@throughline/model';
import type { Generated, GeneratedAlways } from 'kysely';
import type { InstantNow, Json, Optional } from './column-types.ts';

export interface DeviceGroupTable {
  tenant_id: string;
  id: number;
  rank: Optional<number>;
  name: string;
  description: Generated<string>;
  remediation: Generated<RemediationLevel>;
  rule: Json<DeviceRule | null>;
  created_at: InstantNow;
  updated_at: InstantNow;
  updated_by: Generated<string>;
}

export interface UserGroupTable {
  id: GeneratedAlways<number>;
  tenant_id: string;
  name: string;
  created_at: InstantNow;
}

export interface UserGroupMemberTable {
  user_group_id: number;
  account_id: number;
}

export interface DeviceGroupAccessTable {
  tenant_id: string;
  device_group_id: number;
  account_id: Optional<number>;
  user_group_id: Optional<number>;
}

export interface CustomRoleTable {
  id: GeneratedAlways<number>;
  tenant_id: string;
  name: string;
  description: Generated<string>;
  grants: Grant[];
  updated_at: InstantNow;
  updated_by: string;
}

export interface RoleAssignmentTable {
  id: GeneratedAlways<number>;
  tenant_id: string;
  source_mode: Generated<SourceMode>;
  sources: Generated<string[]>;
  built_in: Optional<BuiltInRole>;
  custom_role_id: Optional<number>;
  account_id: Optional<number>;
  user_group_id: Optional<number>;
}

export interface DeviceTable {
  entity_n: number;
  tenant_id: string;
  names: Generated<string[]>;
  domains: Generated<string[]>;
  tags: Generated<string[]>;
  os_platforms: Generated<string[]>;
}

export interface ScopeTables {
  device_group: DeviceGroupTable;
  user_group: UserGroupTable;
  user_group_member: UserGroupMemberTable;
  device_group_access: DeviceGroupAccessTable;
  custom_role: CustomRoleTable;
  role_assignment: RoleAssignmentTable;
  device: DeviceTable;
}
