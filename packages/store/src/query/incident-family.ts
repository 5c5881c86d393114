import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../database.ts';
import { seesIncident, type Viewer } from './viewer.ts';

/** A subquery of an incident's id and those of all incidents merged into it, directly or through others. */
export function familyOf(tenantId: string, id: number): RawBuilder<unknown> {
  return sql`(with recursive family (id) as (
    select ${id}::integer
    union
    select m.id from family f join incident m on m.tenant_id = ${tenantId} and m.redirect_to = f.id
  ) select id from family)`;
}

/** The incident that survives `id` after merges: itself when it was not merged, null when there is none that the viewer sees. */
export async function survivingIncident(db: Db, viewer: Viewer, id: number): Promise<number | null> {
  const { rows } = await sql<{ id: number }>`
    with recursive chain (id, next) as (
      select i.id, i.redirect_to from incident i where ${seesIncident(viewer)} and i.id = ${id}
      union
      select i.id, i.redirect_to from chain c join incident i on ${seesIncident(viewer)} and i.id = c.next
    )
    select id from chain where next is null`.execute(db);
  return rows[0]?.id ?? null;
}
