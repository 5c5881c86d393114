import { createHash } from 'node:crypto';
import type { AuditActor, AuditOutcome, AuditTarget } from '@throughline/model';
import { canonicalJson } from './canonical-json.ts';

/** An entry as it is hashed and stored. `details` is canonical JSON text. */
export type ChainEntry = {
  seq: number;
  /** ISO 8601 UTC with milliseconds. */
  at: string;
  action: string;
  actor: AuditActor;
  target: AuditTarget | null;
  outcome: AuditOutcome;
  address: string | null;
  requestId: string | null;
  details: string;
};

/** An entry with its hash. */
export type ChainedEntry = ChainEntry & { hash: Buffer };

/** What the first entry of a tenant's chain follows. */
export function chainStart(tenantId: string): Buffer {
  return createHash('sha256')
    .update(canonicalJson(['throughline audit', 1, tenantId]))
    .digest();
}

/** SHA-256 over the hash of the entry before and the canonical JSON of this one. */
export function entryHash(previous: Buffer, entry: ChainEntry): Buffer {
  const { seq, at, action, actor, target, outcome, address, requestId, details } = entry;
  const text = canonicalJson({ seq, at, action, actor, target, outcome, address, requestId, details });
  return createHash('sha256').update(previous).update(text).digest();
}
