import type { SessionMethod } from '@throughline/model';
import type { GeneratedAlways } from 'kysely';
import type { Instant, NullableInstant, Optional } from './column-types.ts';

export interface AuthenticatorTable {
  account_id: number;
  created_at: Instant;
  confirmed_at: NullableInstant;
  last_step: Optional<number>;
  last_used_at: NullableInstant;
}

export interface RecoveryCodeTable {
  account_id: number;
  code_hash: Buffer;
  used_at: NullableInstant;
}

export interface PasskeyTable {
  id: GeneratedAlways<number>;
  account_id: number;
  credential_id: string;
  public_key: Buffer;
  user_handle: string;
  rp_id: string;
  counter: number;
  transports: string[];
  name: string;
  created_at: Instant;
  last_used_at: NullableInstant;
}

export interface PasskeyChallengeTable {
  token_hash: Buffer;
  purpose: string;
  challenge: string;
  account_id: Optional<number>;
  user_handle: Optional<string>;
  expires_at: Instant;
}

export interface PendingSignInTable {
  token_hash: Buffer;
  account_id: number;
  method: SessionMethod;
  expires_at: Instant;
}

export interface SecondFactorTables {
  authenticator: AuthenticatorTable;
  recovery_code: RecoveryCodeTable;
  passkey: PasskeyTable;
  passkey_challenge: PasskeyChallengeTable;
  pending_sign_in: PendingSignInTable;
}
