import type { AuditEvent } from '@throughline/model';
import { sql } from 'kysely';
import type { Db } from '../database.ts';
import type { SecretKeys } from '../secret/secret-keys.ts';
import { appendAudit, chainHead, lockChain } from './append-audit.ts';
import { checkpointSeal, ensureCheckpointKey } from './checkpoint-seal.ts';

/** Seals where a chain stands now. Returns its number; undefined when nothing was appended since the last checkpoint. */
export async function makeCheckpoint(
  db: Db,
  keys: SecretKeys,
  tenantId: string,
  now: Date,
): Promise<number | undefined> {
  return db.transaction().execute(async (trx) => {
    await lockChain(trx, tenantId);
    const key = await ensureCheckpointKey(trx, keys, tenantId, now);
    const { seq, hash } = await chainHead(trx, tenantId);
    const newest = await trx
      .selectFrom('audit_checkpoint')
      .select((eb) => eb.fn.max('seq').as('seq'))
      .where('tenant_id', '=', tenantId)
      .executeTakeFirst();
    if (seq <= (newest?.seq ?? 0)) return undefined;
    await write(trx, key, tenantId, { seq, hash, at: now.toISOString(), removed: false });
    return seq;
  });
}

/**
 * Removes the entries before `before`, behind a sealed checkpoint that holds the hash of the last of them, and what no
 * receiver waits for any more. The removal is an entry itself: `event` makes it. Returns how many were removed.
 */
export async function pruneAudit(
  db: Db,
  keys: SecretKeys,
  tenantId: string,
  before: Date,
  now: Date,
  event: (details: Record<string, unknown>) => AuditEvent,
): Promise<number> {
  return db.transaction().execute(async (trx) => {
    await lockChain(trx, tenantId);
    const key = await ensureCheckpointKey(trx, keys, tenantId, now);
    const last = await lastRemovable(trx, tenantId, before);
    if (last === undefined) return 0;
    await write(trx, key, tenantId, { seq: last.seq, hash: last.hash, at: now.toISOString(), removed: true });
    await sql`select set_config('throughline.audit_prune', ${tenantId}, true)`.execute(trx);
    const gone = await trx
      .deleteFrom('audit_entry')
      .where('tenant_id', '=', tenantId)
      .where('seq', '<=', last.seq)
      .executeTakeFirst();
    await trx.deleteFrom('audit_checkpoint').where('tenant_id', '=', tenantId).where('seq', '<', last.seq).execute();
    const removed = Number(gone.numDeletedRows);
    await appendAudit(trx, tenantId, [event({ removed, upTo: last.seq, before: before.toISOString() })]);
    return removed;
  });
}

// The entry before the first that is too young or that a receiver still waits for. Clocks go back at times, so that
// the time of an entry says nothing of those before it.
async function lastRemovable(
  trx: Db,
  tenantId: string,
  before: Date,
): Promise<{ seq: number; hash: Buffer } | undefined> {
  const { rows } = await sql<{ seq: number; hash: Buffer }>`
    select seq, hash from audit_entry
    where tenant_id = ${tenantId} and seq <= least(
      coalesce((select min(seq) - 1 from audit_entry where tenant_id = ${tenantId} and at >= ${before.toISOString()}),
        (select max(seq) from audit_entry where tenant_id = ${tenantId})),
      coalesce((select min(position) from audit_receiver where tenant_id = ${tenantId}), 9007199254740991))
    order by seq desc limit 1`.execute(trx);
  return rows[0];
}

async function write(
  trx: Db,
  key: string,
  tenantId: string,
  checkpoint: { seq: number; hash: Buffer; at: string; removed: boolean },
): Promise<void> {
  const row = { ...checkpoint, seal: checkpointSeal(key, tenantId, checkpoint) };
  await trx
    .insertInto('audit_checkpoint')
    .values({ tenant_id: tenantId, ...row })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'seq']).doUpdateSet(row))
    .execute();
}
