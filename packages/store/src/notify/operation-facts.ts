import { sql } from 'kysely';
import type { Db } from '../database.ts';
import { readLedger } from '../intake/ledger.ts';
import { sourceLags } from './clock-facts.ts';

/** A source as the watch sees it; see `Measured` of the notify room. */
export type SourceFacts = {
  source: string;
  lastAt: number | null;
  rhythmMs: number | null;
  received: number;
  accounted: number;
  lag?: { medianMs: number; spreadMs: number; alerts: number } | null;
};

const knownAfterDays = 3;
const rememberedDays = 14;

/** What the ledger and the known rhythms say of each source. */
export async function sourceFacts(db: Db, tenantId: string): Promise<SourceFacts[]> {
  const { sources } = await readLedger(db, tenantId);
  const { rows } = await sql<{ source: string; silence: number; days: number }>`
    select source, max(silence) as silence, count(*) as days from source_silence where tenant_id = ${tenantId}
    group by source`.execute(db);
  const lags = await sourceLags(db, tenantId);
  const rhythms = new Map(rows.map((row) => [row.source, row.days >= knownAfterDays ? row.silence : null]));
  return sources.map(({ source, received, stored, duplicate, rejected, pending, lastReceivedDateTime: last }) => ({
    source,
    lastAt: last === null ? null : Date.parse(last),
    rhythmMs: rhythms.get(source) ?? null,
    received,
    accounted: stored + duplicate + rejected + pending,
    lag: lags.get(source) ?? null,
  }));
}

/**
 * Learns the rhythm of sources: the longest silence of each day, of the last two weeks. What ended a silence in
 * `outages` was an outage and teaches nothing.
 */
export async function learnRhythms(
  trx: Db,
  tenantId: string,
  sources: readonly SourceFacts[],
  outages: readonly string[],
  now: Date,
): Promise<void> {
  const heard = sources.flatMap(({ source, lastAt }) =>
    lastAt === null ? [] : [{ source, last: new Date(lastAt), outage: outages.includes(source) }],
  );
  if (heard.length === 0) return;
  await sql`
    insert into source_silence as s (tenant_id, source, day, silence, last_at)
    select ${tenantId}, t.source, (t.last at time zone 'utc')::date,
      case when t.outage then 0 else coalesce(extract(epoch from t.last - before.last_at) * 1000, 0)::bigint end, t.last
    from json_to_recordset(${JSON.stringify(heard)}::json) as t (source text, last timestamptz, outage boolean)
    left join lateral (select max(last_at) as last_at from source_silence b
      where b.tenant_id = ${tenantId} and b.source = t.source) before on true
    where before.last_at is null or t.last > before.last_at
    on conflict (tenant_id, source, day) do update
      set silence = greatest(s.silence, excluded.silence), last_at = excluded.last_at`.execute(trx);
  const oldest = new Date(now.getTime() - rememberedDays * 86_400_000);
  await sql`delete from source_silence where tenant_id = ${tenantId} and last_at < ${oldest}`.execute(trx);
}

/** Dead letters since `since`. */
export async function countDeadLetters(db: Db, tenantId: string, since: Date): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from dead_letter where tenant_id = ${tenantId} and at >= ${since}`.execute(db);
  return rows[0]?.count ?? 0;
}
