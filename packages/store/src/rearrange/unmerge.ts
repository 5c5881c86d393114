import { sql } from 'kysely';
import type { WriterTransaction } from '../pipeline/writer.ts';
import { type JournalEntry, type RearrangedBy, writeJournal } from './journal.ts';
import { putAlerts } from './move-alerts.ts';

const scalars = [
  'status',
  'assigned_to',
  'classification',
  'determination',
  'display_name',
  'name_locked',
  'severity',
  'severity_locked',
  'resolved_at',
  'resolving_comment',
] as const;
const lists = ['custom_tags', 'system_tags'] as const;

/**
 * Sets an absorbed incident free again: it answers for itself as it was before, takes these alerts back, and what the
 * merge changed in what was decided about the survivor is changed back where nobody changed it since. The rows are to be
 * settled afterwards. Returns the entry's number.
 */
export async function unmergeIncident(
  trx: WriterTransaction,
  tenantId: string,
  now: string,
  { entry, survivor, alerts }: { entry: JournalEntry; survivor: number; alerts: readonly number[] },
  by: RearrangedBy,
): Promise<number> {
  const { from, ledOn, was } = entry;
  const free = JSON.stringify(was.from ?? {});
  const sets = [
    ...scalars.map((name) => sql`${sql.ref(name)} = r.${sql.ref(name)}`),
    ...lists.map((name) => sql`${sql.ref(name)} = r.${sql.ref(name)}`),
  ];
  await sql`
    update incident i set redirect_to = null, ${sql.join(sets)}, updated_at = ${now},
      standing_version = i.standing_version + 1
    from jsonb_populate_record(null::incident, ${free}::jsonb) r
    where i.tenant_id = ${tenantId} and i.id = ${from}`.execute(trx);
  await sql`
    update incident set redirect_to = ${from}
    where tenant_id = ${tenantId} and id = any(${ledOn}::int[]) and redirect_to = ${survivor}`.execute(trx);
  await giveBack(trx, tenantId, survivor, was);
  const id = await writeJournal(trx, tenantId, now, { ...by, kind: 'unmerge', from: survivor, into: from, alerts });
  await putAlerts(trx, tenantId, now, { into: from, alerts, id });
  return id;
}

// A value is taken back only when the merge brought it and it is still there; tags one by one.
async function giveBack(
  trx: WriterTransaction,
  tenantId: string,
  survivor: number,
  { into = {}, became = {} }: JournalEntry['was'],
): Promise<void> {
  const sets = [
    ...scalars.map((name) => {
      const column = sql.ref(name);
      return sql`${column} = case when i.${column} is not distinct from b.${column} then w.${column} else i.${column} end`;
    }),
    ...lists.map((name) => {
      const column = sql.ref(name);
      return sql`${column} = array(
        select t from unnest(i.${column}) t where not (t = any(b.${column}) and not t = any(w.${column}))
        union select t from unnest(w.${column}) t where not t = any(b.${column}) order by 1)`;
    }),
  ];
  await sql`
    update incident i set ${sql.join(sets)}, standing_version = i.standing_version + 1
    from jsonb_populate_record(null::incident, ${JSON.stringify(into)}::jsonb) w,
      jsonb_populate_record(null::incident, ${JSON.stringify(became)}::jsonb) b
    where i.tenant_id = ${tenantId} and i.id = ${survivor} and b.status is not null`.execute(trx);
}
