import type { AccountKind, Role, SecondFactor, SessionMethod, SourceMode, TokenScope } from '@throughline/model';
import type { Generated, GeneratedAlways } from 'kysely';
import type { Instant, InstantNow, NullableInstant, Optional } from './column-types.ts';

export interface AccountTable {
  id: GeneratedAlways<number>;
  tenant_id: string;
  user_name: string;
  display_name: string;
  role: Role;
  password_hash: Optional<string>;
  disabled: Generated<boolean>;
  created_at: InstantNow;
  last_sign_in_at: NullableInstant;
  kind: Generated<AccountKind>;
  break_glass: Generated<boolean>;
  /** The sources its own role is for. */
  source_mode: Generated<SourceMode>;
  sources: Generated<string[]>;
}

export interface SessionTable {
  token_hash: Buffer;
  account_id: number;
  csrf_token: string;
  created_at: InstantNow;
  expires_at: Instant;
  id: GeneratedAlways<number>;
  method: SessionMethod;
  second_factor: Optional<SecondFactor>;
  proved_at: InstantNow;
  last_seen_at: InstantNow;
  address: Optional<string>;
  user_agent: Generated<string>;
}

export interface OneTimeLinkTable {
  token_hash: Buffer;
  account_id: number;
  expires_at: Instant;
  used_at: NullableInstant;
  local: Generated<boolean>;
}

export interface ApiTokenTable {
  id: GeneratedAlways<number>;
  account_id: number;
  name: string;
  token_hash: Buffer;
  scopes: TokenScope[];
  created_at: InstantNow;
  expires_at: NullableInstant;
  last_used_at: NullableInstant;
  revoked_at: NullableInstant;
  created_by: Optional<string>;
}

export interface InvitationTable {
  id: GeneratedAlways<number>;
  tenant_id: string;
  token_hash: Buffer;
  user_name: string;
  display_name: string;
  role: Role;
  user_group_ids: number[];
  note: string;
  invited_by: number;
  created_at: Instant;
  expires_at: Instant;
}

export interface SignInThrottleTable {
  key: string;
  failures: number;
  blocked_until: NullableInstant;
  updated_at: InstantNow;
}

export interface AccessTables {
  account: AccountTable;
  session: SessionTable;
  one_time_link: OneTimeLinkTable;
  api_token: ApiTokenTable;
  invitation: InvitationTable;
  sign_in_throttle: SignInThrottleTable;
}
