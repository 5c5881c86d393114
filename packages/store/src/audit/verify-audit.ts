import type { AuditVerdict } from '@throughline/model';
import type { Db } from '../database.ts';
import { SecretError } from '../secret/secret-error.ts';
import type { SecretKeys } from '../secret/secret-keys.ts';
import { chainHead } from './append-audit.ts';
import { checkpointKey } from './checkpoint-seal.ts';
import { readChain } from './read-chain.ts';
import { verifyChain } from './verify-chain.ts';

/** Checks a tenant's whole audit log against its hashes and its sealed checkpoints, as of one moment. */
export async function verifyAudit(db: Db, keys: SecretKeys, tenantId: string): Promise<AuditVerdict> {
  const key = await keyOrNone(db, keys, tenantId);
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (trx) => {
      const head = await chainHead(trx, tenantId);
      const checkpoints = await trx
        .selectFrom('audit_checkpoint')
        .select(['seq', 'hash', 'at', 'removed', 'seal'])
        .where('tenant_id', '=', tenantId)
        .orderBy('seq')
        .execute();
      return verifyChain({ tenantId, head, checkpoints, key, entries: readChain(trx, tenantId) });
    });
}

// A key that does not open is as good as lost; the verdict says so.
async function keyOrNone(db: Db, keys: SecretKeys, tenantId: string): Promise<string | undefined> {
  try {
    return await checkpointKey(db, keys, tenantId);
  } catch (error) {
    if (error instanceof SecretError) return undefined;
    throw error;
  }
}
