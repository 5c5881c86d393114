import { sql } from 'kysely';
import type { Db } from '../../database.ts';

/** An alert as correlation saw it, and the incident it is in today. */
export type ReplayAlert = { seq: number; observation: unknown; incidentId: number };

/** Which alerts to replay: those from `firstSeq` that happened since `since`. */
export type ReplayRange = { since: string; firstSeq: number; alerts: number; available: number };

// What a tuning rule set aside never came to correlation.
const takesPart = sql`(tuning_rule is null or decision -> 'tuning' ->> 'action' = 'resolve')`;

/** The newest `most` of a tenant's alerts that happened since `since` (ISO 8601), in the order of correlation. */
export async function chooseReplay(db: Db, tenantId: string, since: string, most: number): Promise<ReplayRange> {
  const happened = sql`tenant_id = ${tenantId} and last_activity >= ${since}::timestamptz and ${takesPart}`;
  const { rows } = await sql<Omit<ReplayRange, 'since'>>`
    select coalesce(min(seq), 0) as "firstSeq", count(*) as alerts,
      (select count(*) from alert where ${happened}) as available
    from (select seq from alert where ${happened} order by seq desc limit ${most}) newest`.execute(db);
  const { firstSeq = 0, alerts = 0, available = 0 } = rows[0] ?? {};
  return { since, firstSeq, alerts, available };
}

/** The alerts of a replay in order, a page at a time. */
export async function* replayPages(
  db: Db,
  tenantId: string,
  { since, firstSeq }: ReplayRange,
  pageSize = 1_000,
): AsyncGenerator<ReplayAlert[]> {
  for (let from = firstSeq; ; ) {
    const { rows } = await sql<ReplayAlert>`
      select seq, observation, incident_id as "incidentId" from alert
      where tenant_id = ${tenantId} and seq >= ${from} and last_activity >= ${since}::timestamptz and ${takesPart}
      order by seq limit ${pageSize}`.execute(db);
    if (rows.length === 0) return;
    yield rows;
    from = (rows.at(-1)?.seq ?? from) + 1;
  }
}

/** Titles of incidents by number, for those that exist. */
export async function incidentTitles(
  db: Db,
  tenantId: string,
  ids: readonly number[],
): Promise<ReadonlyMap<number, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('incident')
    .select(['id', 'display_name'])
    .where('tenant_id', '=', tenantId)
    .where('id', 'in', [...ids])
    .execute();
  return new Map(rows.map(({ id, display_name }) => [id, display_name]));
}

/** The group that each device is in today, by entity id. */
export async function groupOfEachDevice(db: Db, tenantId: string): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ id: string; group: number }>`
    select id, device_group as "group" from entity
    where tenant_id = ${tenantId} and kind = 'device' and device_group is not null`.execute(db);
  return new Map(rows.map(({ id, group }) => [id, group]));
}
