import type { BuiltInRole, ProviderAdmission, Role } from '@throughline/model';
import type { GeneratedAlways } from 'kysely';
import type { Instant, NullableInstant, Optional } from './column-types.ts';

export interface SignInProviderTable {
  id: GeneratedAlways<number>;
  tenant_id: string;
  name: string;
  issuer: string;
  client_id: string;
  scopes: string;
  groups_claim: string;
  user_name_claim: string;
  admission: ProviderAdmission;
  enabled: boolean;
  changed_at: Instant;
  changed_by: string;
}

export interface SignInMappingTable {
  id: GeneratedAlways<number>;
  provider_id: number;
  value: string;
  role: Optional<Role>;
  built_in: Optional<BuiltInRole>;
  custom_role_id: Optional<number>;
  user_group_id: Optional<number>;
}

export interface AccountIdentityTable {
  id: GeneratedAlways<number>;
  tenant_id: string;
  account_id: number;
  provider_id: number;
  issuer: string;
  subject: string;
  role_base: Role;
  role_given: Optional<Role>;
  created_at: Instant;
  last_sign_in_at: NullableInstant;
}

export interface SignInFlowTable {
  token_hash: Buffer;
  tenant_id: string;
  provider_id: number;
  state: string;
  nonce: string;
  code_verifier: string;
  redirect_uri: string;
  return_path: string;
  account_id: Optional<number>;
  session_hash: Optional<Buffer>;
  expires_at: Instant;
}

export interface SignInPolicyTable {
  tenant_id: string;
  local_sign_in: boolean;
}

export interface SsoTables {
  sign_in_provider: SignInProviderTable;
  sign_in_mapping: SignInMappingTable;
  account_identity: AccountIdentityTable;
  sign_in_flow: SignInFlowTable;
  sign_in_policy: SignInPolicyTable;
}
