import type { AuditEntry } from '@throughline/model';
import { sql } from 'kysely';
import type { Db } from '../database.ts';
import { auditEntryOf, readChain } from './read-chain.ts';

/** Something that is sent the log: gets entries in order, rejects when it did not take them. */
export type AuditSend = (tenantId: string, entries: readonly AuditEntry[]) => Promise<void>;

const LARGEST_BATCH = 200;

/** Tenants that have an audit log. */
export async function auditTenants(db: Db): Promise<string[]> {
  const rows = await db.selectFrom('audit_chain').select('tenant_id').orderBy('tenant_id').execute();
  return rows.map(({ tenant_id }) => tenant_id);
}

/** Makes a receiver known, so that retention keeps what it was not sent yet. A new one gets the log from its beginning. */
export async function ensureReceiver(db: Db, tenantId: string, name: string): Promise<void> {
  await db
    .insertInto('audit_receiver')
    .values({ tenant_id: tenantId, name, position: 0 })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Forgets the receivers that are no longer set up: retention would wait for them for ever. */
export async function keepReceivers(db: Db, names: readonly string[]): Promise<void> {
  let others = db.deleteFrom('audit_receiver');
  if (names.length > 0) others = others.where('name', 'not in', [...names]);
  await others.execute();
}

/**
 * Sends a receiver the next entries, and notes how far it is only once it took them: after a crash in between they are
 * sent again. Two servers never send at once. Returns how many were sent; 0 when none wait or another server sends.
 *
 * @throws what `send` throws, after noting it for the page that shows it.
 */
export async function sendNext(
  db: Db,
  tenantId: string,
  name: string,
  send: AuditSend,
  clock: () => Date,
): Promise<number> {
  let failure: unknown;
  const sent = await db.transaction().execute(async (trx) => {
    const { rows } = await sql<{ position: number }>`
      select position from audit_receiver where tenant_id = ${tenantId} and name = ${name}
      for update skip locked`.execute(trx);
    const position = rows[0]?.position;
    if (position === undefined) return 0;
    const entries = await next(trx, tenantId, position);
    if (entries.length === 0) return 0;
    failure = await send(tenantId, entries).then(
      () => undefined,
      (error: unknown) => error ?? new Error('unknown'),
    );
    const mine = trx.updateTable('audit_receiver').where('tenant_id', '=', tenantId).where('name', '=', name);
    const now = clock();
    if (failure !== undefined) {
      await mine.set({ last_error: wordsOf(failure), updated_at: now }).execute();
      return 0;
    }
    const last = entries.at(-1)?.seq ?? position;
    await mine.set({ position: last, last_sent_at: now, last_error: null, updated_at: now }).execute();
    return entries.length;
  });
  if (failure !== undefined) throw failure;
  return sent;
}

async function next(trx: Db, tenantId: string, position: number): Promise<AuditEntry[]> {
  for await (const batch of readChain(trx, tenantId, position, position + LARGEST_BATCH))
    return batch.map(auditEntryOf);
  // Retention may have removed what a new receiver never had; it goes on where the log begins now.
  const { rows } = await sql<{ seq: number | null }>`
    select min(seq) as seq from audit_entry where tenant_id = ${tenantId} and seq > ${position}`.execute(trx);
  const first = rows[0]?.seq ?? null;
  return first === null ? [] : next(trx, tenantId, first - 1);
}

function wordsOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.replaceAll('\0', '').toWellFormed().slice(0, 300);
}
