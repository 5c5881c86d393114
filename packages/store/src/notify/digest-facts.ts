import { type Severity, severities } from '@throughline/model';
import { sql } from 'kysely';
import type { Db } from '../database.ts';
import { readLedger } from '../intake/ledger.ts';
import { seesAlert, seesEverything, seesIncident, type Viewer } from '../query/viewer.ts';

/** What a digest tells; see `DigestFacts` of the notify room. */
export type StoredDigestFacts = {
  since: string;
  until: string;
  newBySeverity: Record<Severity, number>;
  open: { day: number; week: number; older: number };
  unassigned: number;
  resolved: number;
  meanToResolve: number | null;
  topSources: { name: string; alerts: number }[];
  newest: { id: number; displayName: string; severity: Severity; at: string }[];
  ledger: { deadLetters: number; unbalanced: number } | null;
  scoped: boolean;
};

const hour = 3_600_000;

/** What happened in the 24 hours before `until`, as a viewer sees it. */
export async function digestFacts(db: Db, viewer: Viewer, until: Date): Promise<StoredDigestFacts> {
  const since = new Date(until.getTime() - 24 * hour);
  const week = new Date(until.getTime() - 7 * 24 * hour);
  const own = sql`${seesIncident(viewer)} and i.kind = 'incident' and i.redirect_to is null`;
  const [counts, severity, sources, newest] = await Promise.all([
    sql<{ day: number; week: number; older: number; unassigned: number; resolved: number; mean: number | null }>`
      select count(*) filter (where open and i.created_at > ${since}) as day,
        count(*) filter (where open and i.created_at <= ${since} and i.created_at > ${week}) as week,
        count(*) filter (where open and i.created_at <= ${week}) as older,
        count(*) filter (where open and i.assigned_to is null) as unassigned,
        count(*) filter (where done) as resolved,
        (avg(extract(epoch from i.updated_at - i.first_activity) / 60) filter (where done))::float8 as mean
      from (select *, status <> 'resolved' as open, status = 'resolved' and updated_at > ${since}
        and updated_at <= ${until} as done from incident) i where ${own}`.execute(db),
    sql<{ severity: number; count: number }>`
      select i.severity, count(*) as count from incident i
      where ${own} and i.created_at > ${since} and i.created_at <= ${until} group by 1`.execute(db),
    sql<{ name: string; alerts: number }>`
      select left(a.service_source, 200) as name, count(*) as alerts from alert a
      where ${seesAlert(viewer)} and a.received_at > ${since} and a.received_at <= ${until}
      group by 1 order by 2 desc, 1 limit 5`.execute(db),
    sql<{ id: number; displayName: string; severity: number; at: string }>`
      select i.id, i.display_name as "displayName", i.severity, i.created_at as at from incident i
      where ${own} and i.created_at > ${since} and i.created_at <= ${until}
      order by i.severity desc, i.priority_score desc, i.id desc limit 5`.execute(db),
  ]);
  const rank = (place: number) => severities[place] ?? 'unknown';
  const newBySeverity = Object.fromEntries(severities.map((each) => [each, 0])) as Record<Severity, number>;
  for (const row of severity.rows) newBySeverity[rank(row.severity)] += row.count;
  const [row] = counts.rows;
  return {
    since: since.toISOString(),
    until: until.toISOString(),
    newBySeverity,
    open: { day: row?.day ?? 0, week: row?.week ?? 0, older: row?.older ?? 0 },
    unassigned: row?.unassigned ?? 0,
    resolved: row?.resolved ?? 0,
    meanToResolve: row?.mean ?? null,
    topSources: sources.rows,
    newest: newest.rows.map((each) => ({ ...each, severity: rank(each.severity) })),
    ledger: seesEverything(viewer) ? await ledgerState(db, viewer.tenantId) : null,
    scoped: !seesEverything(viewer),
  };
}

async function ledgerState(db: Db, tenantId: string): Promise<{ deadLetters: number; unbalanced: number }> {
  const { sources } = await readLedger(db, tenantId);
  const unbalanced = sources.filter(
    ({ received, stored, duplicate, rejected, pending }) => received !== stored + duplicate + rejected + pending,
  );
  return { deadLetters: sources.reduce((sum, { rejected }) => sum + rejected, 0), unbalanced: unbalanced.length };
}
