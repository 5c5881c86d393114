import type { SavedQuery, SavedQueryChange } from '@throughline/model';
import { type RawBuilder, sql } from 'kysely';
import { noteChange } from '../audit/audited.ts';
import { inTransaction } from '../command/in-transaction.ts';
import type { Db } from '../database.ts';

/** Whose queries are read or changed. */
export type QueryOwner = { tenantId: string; accountId: number };

/** Most queries that one person keeps. */
export const mostSavedQueries = 1_000;

/** The queries of a person and those that others share, by name. */
export async function savedQueries(db: Db, owner: QueryOwner): Promise<SavedQuery[]> {
  return read(db, owner, sql`true`);
}

/** Keeps a query; null when the person keeps as many as one may. */
export function saveQuery(
  db: Db,
  owner: QueryOwner,
  query: { name: string; description: string; query: string; shared: boolean },
  now: Date,
): Promise<SavedQuery | null> {
  return inTransaction(db, async (trx) => {
    const { rows: kept } = await sql<{ n: number }>`
      select count(*)::int as n from hunt_query
      where tenant_id = ${owner.tenantId} and account_id = ${owner.accountId}`.execute(trx);
    if ((kept[0]?.n ?? 0) >= mostSavedQueries) return null;
    const { rows } = await sql<{ id: number }>`
      insert into hunt_query (tenant_id, account_id, name, description, query, shared, updated_at)
      values (${owner.tenantId}, ${owner.accountId}, ${query.name}, ${query.description}, ${query.query},
        ${query.shared}, ${now.toISOString()})
      returning id`.execute(trx);
    const [saved] = await read(trx, owner, sql`q.id = ${rows[0]?.id ?? 0}`);
    if (saved === undefined) throw new Error('A saved query cannot be read back.');
    noteChange(trx, {
      target: { kind: 'huntQuery', id: String(saved.id) },
      after: { name: saved.name, shared: saved.shared },
    });
    return saved;
  });
}

/** Changes a query of the person's own; null when there is none with that id. */
export function changeSavedQuery(
  db: Db,
  owner: QueryOwner,
  id: number,
  change: SavedQueryChange,
  now: Date,
): Promise<SavedQuery | null> {
  return inTransaction(db, async (trx) => {
    const [before] = await read(trx, owner, sql`q.id = ${id} and q.account_id = ${owner.accountId}`);
    if (before === undefined) return null;
    const after = {
      name: change.name ?? before.name,
      description: change.description ?? before.description,
      query: change.query ?? before.query,
      shared: change.shared ?? before.shared,
    };
    await sql`
      update hunt_query set name = ${after.name}, description = ${after.description}, query = ${after.query},
        shared = ${after.shared}, updated_at = ${now.toISOString()}
      where id = ${id}`.execute(trx);
    noteChange(trx, {
      target: { kind: 'huntQuery', id: String(id) },
      before: { name: before.name, shared: before.shared },
      after: { name: after.name, shared: after.shared },
    });
    const [saved] = await read(trx, owner, sql`q.id = ${id}`);
    return saved ?? null;
  });
}

/** Removes a query of the person's own; false when there is none with that id. */
export function deleteSavedQuery(db: Db, owner: QueryOwner, id: number): Promise<boolean> {
  return inTransaction(db, async (trx) => {
    const { rows } = await sql<{ name: string }>`
      delete from hunt_query
      where id = ${id} and tenant_id = ${owner.tenantId} and account_id = ${owner.accountId} returning name`.execute(
      trx,
    );
    const [gone] = rows;
    if (gone) noteChange(trx, { target: { kind: 'huntQuery', id: String(id) }, before: { name: gone.name } });
    return gone !== undefined;
  });
}

async function read(db: Db, owner: QueryOwner, which: RawBuilder<unknown>): Promise<SavedQuery[]> {
  const { rows } = await sql<SavedQuery>`
    select q.id, q.name, q.description, q.query, q.shared, coalesce(a.display_name, a.user_name) as owner,
      q.account_id = ${owner.accountId} as mine, q.updated_at as "updatedAt"
    from hunt_query q join account a on a.id = q.account_id
    where q.tenant_id = ${owner.tenantId} and (q.shared or q.account_id = ${owner.accountId}) and ${which}
    order by lower(q.name), q.id limit 5000`.execute(db);
  return rows;
}
