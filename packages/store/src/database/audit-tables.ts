import type { AuditAction, AuditActorKind, AuditOutcome } from '@throughline/model';
import type { Generated } from 'kysely';
import type { Instant, InstantNow, NullableInstant, Optional } from './column-types.ts';

export interface AuditChainTable {
  tenant_id: string;
  /** Number of the last entry, 0 before the first. */
  seq: number;
  hash: Buffer;
}

export interface AuditEntryTable {
  tenant_id: string;
  seq: number;
  at: Instant;
  action: AuditAction;
  actor_kind: AuditActorKind;
  actor_name: string;
  actor_id: Optional<string>;
  target_kind: Optional<string>;
  target_id: Optional<string>;
  outcome: AuditOutcome;
  address: Optional<string>;
  request_id: Optional<string>;
  /** Canonical JSON. */
  details: string;
  hash: Buffer;
}

export interface AuditCheckpointTable {
  tenant_id: string;
  seq: number;
  hash: Buffer;
  at: Instant;
  removed: Generated<boolean>;
  seal: Buffer;
}

export interface AuditReceiverTable {
  tenant_id: string;
  name: string;
  position: number;
  last_sent_at: NullableInstant;
  last_error: Optional<string>;
  updated_at: InstantNow;
}

export interface TokenAddressTable {
  token_id: number;
  address: string;
  first_used_at: InstantNow;
}

export interface AuditTables {
  audit_chain: AuditChainTable;
  audit_entry: AuditEntryTable;
  audit_checkpoint: AuditCheckpointTable;
  audit_receiver: AuditReceiverTable;
  token_address: TokenAddressTable;
}
