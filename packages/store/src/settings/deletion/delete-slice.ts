import { sql } from 'kysely';
import { inTransaction } from '../../command/in-transaction.ts';
import type { Db } from '../../database.ts';
import { forgetInJournal } from '../../rearrange/forget-incidents.ts';
import { lockGeneration, raiseGeneration } from './correlation-generation.ts';
import { deleteAlerts } from './delete-alerts.ts';
import { type SettleRemaining, takeOutAlerts } from './take-out-alerts.ts';

const lockKey = 7_412_629;
/** Entities go many at a time: after each time correlation reads again what it remembers. */
const slice = { alerts: 200, incidents: 20, entities: 3_000, letters: 1_000 };

type Running = { id: number; tenant_id: string; source: string | null };

/**
 * Deletes the next part of whatever is to be deleted, in one small transaction, so that a process that dies loses
 * nothing and the next goes on. `settle` brings incidents in line that lost some of their alerts. Returns false when
 * nothing is left, or another process is at it.
 */
export function deleteSlice(db: Db, now: Date, settle: SettleRemaining): Promise<boolean> {
  return inTransaction(db, async (trx) => {
    const lock = await sql<{ held: boolean }>`select pg_try_advisory_xact_lock(${lockKey}) as held`.execute(trx);
    if (!lock.rows[0]?.held) return false;
    const { rows } = await sql<Running>`
      select id, tenant_id, source from deletion where ended_at is null order by id limit 1`.execute(trx);
    const [deletion] = rows;
    if (deletion === undefined) return false;
    await lockGeneration(trx, deletion.tenant_id);
    if (await takeOutAlerts(trx, { id: deletion.id, tenantId: deletion.tenant_id }, settle, now)) return true;
    if (await deleteWholeAlerts(trx, deletion)) return true;
    if (await deleteIncidents(trx, deletion, now)) return true;
    if (await deleteEntities(trx, deletion)) return true;
    if (await deleteLetters(trx, deletion)) return true;
    await sql`update deletion set ended_at = ${now.toISOString()} where id = ${deletion.id}`.execute(trx);
    return true;
  });
}

async function deleteWholeAlerts(trx: Db, { id, tenant_id }: Running): Promise<boolean> {
  const { rows } = await sql<{ seq: number }>`
    select a.seq from deletion_item d join alert a on a.tenant_id = d.tenant_id and a.incident_id = d.incident_id
    where d.deletion_id = ${id} limit ${slice.alerts}`.execute(trx);
  const seqs = rows.map(({ seq }) => seq);
  if (seqs.length > 0) await deleteAlerts(trx, { id, tenantId: tenant_id }, seqs);
  return seqs.length > 0;
}

/** Of a source: what it sent and could not be read, up to when the deletion began. */
async function deleteLetters(trx: Db, { id, tenant_id, source }: Running): Promise<boolean> {
  if (source === null) return false;
  const { numAffectedRows = 0n } = await sql`
    delete from dead_letter where id in (
      select l.id from dead_letter l, deletion d
      where d.id = ${id} and l.tenant_id = ${tenant_id} and l.source = ${source} and l.at <= d.started_at
      order by l.id limit ${slice.letters})`.execute(trx);
  if (numAffectedRows === 0n) return false;
  await sql`update deletion set letters = letters + ${Number(numAffectedRows)} where id = ${id}`.execute(trx);
  return true;
}

/** Those merged into another go before it, so that no pointer leads nowhere. */
async function deleteIncidents(trx: Db, { id, tenant_id }: Running, now: Date): Promise<boolean> {
  const { rows } = await sql<{ id: number; merged: boolean }>`
    select i.id, i.redirect_to is not null as merged
    from deletion_item d join incident i on i.tenant_id = d.tenant_id and i.id = d.incident_id
    where d.deletion_id = ${id} order by 2 desc, 1 limit ${slice.incidents} for update of i`.execute(trx);
  if (rows.length === 0) return false;
  const ids = sql`any(${rows.map((row) => row.id)}::int[])`;
  const theirs = sql`tenant_id = ${tenant_id} and incident_id = ${ids}`;
  await sql`
    insert into deletion_entity (deletion_id, entity_n)
    select distinct ${id}::bigint, entity_n from incident_entity where ${theirs} on conflict do nothing`.execute(trx);
  await sql`delete from incident_entity where ${theirs}`.execute(trx);
  await sql`delete from activity where ${theirs}`.execute(trx);
  await sql`delete from comment_version where comment_id in (select id from comment where ${theirs})`.execute(trx);
  await sql`delete from comment where ${theirs}`.execute(trx);
  await sql`delete from standing_change where ${theirs}`.execute(trx);
  await sql`delete from notification_thread where ${theirs}`.execute(trx);
  await sql`delete from notification_notice where ${theirs}`.execute(trx);
  await sql`delete from notification_escalation where ${theirs}`.execute(trx);
  await sql`update incident set continues = null where tenant_id = ${tenant_id} and continues = ${ids}`.execute(trx);
  await sql`delete from incident where tenant_id = ${tenant_id} and id = ${ids}`.execute(trx);
  await forgetInJournal(
    trx,
    tenant_id,
    rows.map((row) => row.id),
  );
  await sql`
    insert into deleted_incident (tenant_id, id, deletion_id, deleted_at)
    select tenant_id, incident_id, deletion_id, ${now.toISOString()} from deletion_item where ${theirs}`.execute(trx);
  await sql`delete from deletion_item where ${theirs}`.execute(trx);
  const whole = rows.filter(({ merged }) => !merged).length;
  await sql`update deletion set incidents = incidents + ${whole} where id = ${id}`.execute(trx);
  return true;
}

/** An identity and those it absorbed go together, once no alert names any of them. */
async function deleteEntities(trx: Db, { id, tenant_id }: Running): Promise<boolean> {
  const { rows } = await sql<{ entity_n: number }>`
    select entity_n from deletion_entity where deletion_id = ${id} order by entity_n limit ${slice.entities}`.execute(
    trx,
  );
  if (rows.length === 0) return false;
  const looked = sql`any(${rows.map((row) => row.entity_n)}::bigint[])`;
  const gone = await sql<{ n: number }>`
    with recursive roots as (
      select distinct surviving_entity(n) as root from unnest(${rows.map((row) => row.entity_n)}::bigint[]) n
    ), cluster (root, n) as (
      select root, root from roots where root is not null
      union
      select c.root, e.n from cluster c join entity e on e.redirect_to = c.n
    )
    select n from cluster where root not in (
      select c.root from cluster c where exists (select from alert_entity a where a.entity_n = c.n)
        or exists (select from incident_entity i where i.entity_n = c.n))`.execute(trx);
  if (gone.rows.length > 0) {
    const unnamed = sql`any(${gone.rows.map(({ n }) => n)}::bigint[])`;
    await sql`delete from device where entity_n = ${unnamed}`.execute(trx);
    await sql`delete from entity_key where entity_n = ${unnamed}`.execute(trx);
    await sql`delete from entity where n = ${unnamed}`.execute(trx);
    await raiseGeneration(trx, tenant_id);
  }
  await sql`delete from deletion_entity where deletion_id = ${id} and entity_n = ${looked}`.execute(trx);
  return true;
}
