import { sql } from 'kysely';
import type { Db } from '../database.ts';

/** What of an effect names incidents and entities. */
type Effect = { incidents: { id: number }[]; postings: [entityId: string, postings: { incidentId: number }[]][] };

/**
 * Takes deleted incidents (`ids`, whose rows are gone) out of the journal: entries between such only go, of the others
 * goes what was known of the deleted one. That alerts came from there stays.
 */
export async function forgetInJournal(trx: Db, tenantId: string, ids: readonly number[]): Promise<void> {
  const { rows } = await sql<{ id: number; effect: Effect | null; alone: boolean }>`
    select r.id, r.effect, not exists (
      select from incident i where i.tenant_id = r.tenant_id and i.id in (r.from_id, r.into_id)) as alone
    from rearrangement r
    where r.tenant_id = ${tenantId} and (r.from_id = any(${ids}::int[]) or r.into_id = any(${ids}::int[]))`.execute(
    trx,
  );
  // Of those that live on elsewhere, nobody can look up any more where they came from.
  await sql`
    update alert a set origin_incident_id = incident_id
    from rearrangement r, unnest(r.alerts) went
    where r.id = any(${rows.map(({ id }) => id)}::bigint[]) and a.seq = went
      and a.tenant_id = ${tenantId} and a.origin_incident_id = any(${ids}::int[])`.execute(trx);
  const alone = rows.filter((row) => row.alone).map(({ id }) => id);
  await sql`update rearrangement set undoes = null where undoes = any(${alone}::bigint[])`.execute(trx);
  await sql`update rearrangement set undone_by = null where undone_by = any(${alone}::bigint[])`.execute(trx);
  await sql`delete from rearrangement where id = any(${alone}::bigint[])`.execute(trx);
  for (const { id, effect, alone: gone } of rows) {
    if (gone) continue;
    await sql`
      update rearrangement set was = case
          when from_id = any(${ids}::int[]) then was - 'from' else was - 'into' - 'became' end,
        effect = ${effect === null ? null : JSON.stringify(without(effect, ids))}::json
      where id = ${id}`.execute(trx);
  }
}

function without(effect: Effect, ids: readonly number[]): Effect {
  const postings = effect.postings
    .map(([entityId, own]) => [entityId, own.filter(({ incidentId }) => !ids.includes(incidentId))] as const)
    .filter(([, own]) => own.length > 0);
  return {
    ...effect,
    incidents: effect.incidents.filter(({ id }) => !ids.includes(id)),
    postings: postings as Effect['postings'],
  };
}
