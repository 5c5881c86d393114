import type { Alert, Reject } from '@throughline/model';
import { sql } from 'kysely';
import type { Db } from '../database.ts';
import { encodeBatch, type PendingAlert, pendingAlert } from './batch-codec.ts';
import { FloodWatch } from './flood-watch.ts';
import { groupCommit } from './group-commit.ts';
import { handoverOf } from './handover.ts';
import { countIntake, countSources } from './intake-counts.ts';
import { type Place, placeAlerts, type Settle } from './place-alerts.ts';
import { storableText } from './storable-text.ts';
import { encodeTelemetry, type TelemetryRecord } from './telemetry-codec.ts';

/** What one intake request brought. `received` counts records as the sender sees them. */
export type IncomingBatch = {
  tenantId: string;
  alerts: readonly { source: string; alert: Alert }[];
  /** Records of telemetry; they wait for a worker of their own. */
  telemetry?: readonly TelemetryRecord[];
  rejects: readonly Reject[];
  received: number;
};

/** Notified (payload: tenant id) when a batch waits. */
export const intakeChannel = 'throughline_intake';

type Row = {
  tenantId: string;
  received: number;
  rejects: readonly Reject[];
  /** What was accepted, to be counted. */
  records: readonly { source: string }[];
  /** What can be handed over to the worker of this process. */
  alerts: PendingAlert[];
  bytes: Buffer | null;
  telemetry: boolean;
  lane: string;
  /** ms UTC; null = at once. */
  dueAt: number | null;
};
type Prepared = { rows: Row[] };

/** Alerts within a minute from which a detector waits in a lane of its own. */
const floodFrom = 5_000;
const watches = new WeakMap<Db, FloodWatch>();
const committers = new WeakMap<Db, (item: Prepared) => Promise<number[]>>();
/** Characters of JSON in one batch: what the pipeline takes into memory and into one transaction at the least. */
const mostCharacters = 32 * 1024 * 1024;
/** Of telemetry, more records make a batch: each costs little, and the store wants many at once. */
const telemetryPerBatch = 5_000;
const groupLimits = { maxItems: 256, maxWeight: 32 * 1024 * 1024 };

/**
 * Appends a request to the intake log: alerts, dead letters and the ledger's received and rejected counts, in one
 * transaction. When it returns, the batch survives a crash and a loss of power, and will be processed. Requests that
 * wait at the same time share a transaction. Large requests become several batches of at most `recordsPerBatch`
 * alerts, all or none; `batchId` is the first of them and carries the whole of `received` and the dead letters. So does
 * a request some of whose alerts wait elsewhere or longer than others; see {@link placeAlerts}.
 */
export async function appendBatch(
  db: Db,
  batch: IncomingBatch,
  { recordsPerBatch = 2000, settle }: { recordsPerBatch?: number; settle?: Settle | undefined } = {},
): Promise<{ batchId: number }> {
  const alerts = batch.alerts.map(({ source, alert }) => pendingAlert(source, alert));
  const rows: Row[] = [];
  const places = placeAlerts(batch.tenantId, alerts, watchOf(db), settle?.now ?? Date.now(), settle);
  const add = (row: Pick<Row, 'lane' | 'dueAt' | 'telemetry' | 'records' | 'alerts' | 'bytes'>) => {
    const first = rows.length === 0;
    const { tenantId, received, rejects } = batch;
    rows.push({ ...row, tenantId, received: first ? received : 0, rejects: first ? rejects : [] });
  };
  const parts = telemetryParts(batch.telemetry ?? []);
  for (const { lane, dueAt, part } of partsOfAll(places, recordsPerBatch, parts.length === 0)) {
    const bytes = part.length === 0 ? null : await encodeBatch(part);
    add({ lane, dueAt, telemetry: false, records: part, alerts: part, bytes });
  }
  for (const { lane, part } of parts) {
    add({ lane, dueAt: null, telemetry: true, records: part, alerts: [], bytes: await encodeTelemetry(part) });
  }
  const ids = await committerOf(db)({ rows });
  return { batchId: ids[0] as number };
}

function partsOfAll(places: readonly Place[], mostRecords: number, atLeastOne: boolean) {
  const parts = places.flatMap(({ lane, dueAt, alerts }) =>
    partsOf(alerts, mostRecords).map((part) => ({ lane, dueAt, part })),
  );
  return parts.length === 0 && atLeastOne ? [{ lane: '', dueAt: null, part: [] }] : parts;
}

/** By source, which is its lane, and within it in order. */
function telemetryParts(records: readonly TelemetryRecord[]): { lane: string; part: TelemetryRecord[] }[] {
  return [...Map.groupBy(records, ({ source }) => source)].flatMap(([source, all]) =>
    partsOf(all, telemetryPerBatch).map((part) => ({ lane: source.slice(0, 500), part })),
  );
}

function watchOf(db: Db): FloodWatch {
  let watch = watches.get(db);
  if (!watch) {
    watch = new FloodWatch(floodFrom);
    watches.set(db, watch);
  }
  return watch;
}

/** Cuts a request into parts of limited records and characters; at least one part, and one record in each. */
function partsOf<T extends { text: string }>(alerts: readonly T[], mostRecords: number): T[][] {
  let part: T[] = [];
  const parts = [part];
  let characters = 0;
  for (const alert of alerts) {
    if (part.length > 0 && (part.length === mostRecords || characters + alert.text.length > mostCharacters)) {
      part = [];
      parts.push(part);
      characters = 0;
    }
    part.push(alert);
    characters += alert.text.length;
  }
  return parts;
}

function committerOf(db: Db): (item: Prepared) => Promise<number[]> {
  let committer = committers.get(db);
  if (!committer) {
    const weight = ({ rows }: Prepared) =>
      rows.reduce(
        (sum, { bytes, rejects }) => sum + (bytes?.length ?? 0) + rejects.reduce((n, r) => n + r.raw.length, 0),
        0,
      );
    committer = groupCommit((items) => commit(db, items), { ...groupLimits, weight });
    committers.set(db, committer);
  }
  return committer;
}

async function commit(db: Db, items: Prepared[]): Promise<number[][]> {
  const rows = items.flatMap((item) => item.rows);
  const ids = await insert(db, rows);
  const handover = handoverOf(db);
  rows.forEach(({ alerts }, index) => {
    if (alerts.length > 0) handover.offer(ids[index] as number, alerts);
  });
  let at = 0;
  return items.map((item) => {
    at += item.rows.length;
    return ids.slice(at - item.rows.length, at);
  });
}

// One statement, so one round trip and one flush. Ledger rows are locked in order of source here and in the pipeline.
async function insert(db: Db, rows: Row[]): Promise<number[]> {
  const counts = countIntake(rows.map(({ records, ...row }) => ({ ...row, alerts: records })));
  const letters = rows.flatMap(({ rejects }, index) => rejects.map((reject) => ({ ...reject, ord: index + 1 })));
  const result = await sql<{ id: number }>`
    with appended as (
      insert into intake_batch (tenant_id, received, accepted, rejected, sources, alerts, done_at, lane, held, due_at,
        telemetry)
      select tenant, received, accepted, rejected, sources, alerts, case when accepted = 0 then now() end, lane,
        due is not null, coalesce(due, now()), telemetry
      from unnest(
        ${rows.map((row) => row.tenantId)}::text[],
        ${rows.map((row) => row.received)}::int[],
        ${rows.map((row) => row.records.length)}::int[],
        ${rows.map((row) => row.rejects.length)}::int[],
        ${rows.map((row) => JSON.stringify(countSources(row.records)))}::jsonb[],
        ${rows.map((row) => row.bytes)}::bytea[],
        ${rows.map((row) => storableText(row.lane))}::text[],
        ${rows.map((row) => (row.dueAt === null ? null : new Date(row.dueAt).toISOString()))}::timestamptz[],
        ${rows.map((row) => row.telemetry)}::boolean[]
      ) with ordinality as t (tenant, received, accepted, rejected, sources, alerts, lane, due, telemetry, ord)
      order by ord
      returning id, tenant_id
    ),
    numbered as (select id, tenant_id, row_number() over (order by id) as ord from appended),
    letters as (
      insert into dead_letter (tenant_id, batch_id, source, reason, detail, line, raw)
      select n.tenant_id, n.id, t.source, t.reason, t.detail, t.line, t.raw
      from unnest(
        ${letters.map((letter) => letter.ord)}::int[],
        ${letters.map((letter) => storableText(letter.source))}::text[],
        ${letters.map((letter) => letter.reason)}::text[],
        ${letters.map((letter) => storableText(letter.detail))}::text[],
        ${letters.map((letter) => letter.line)}::int[],
        ${letters.map((letter) => Buffer.from(letter.raw, 'utf8'))}::bytea[]
      ) as t (ord, source, reason, detail, line, raw)
      join numbered n using (ord)
    ),
    counted as (
      insert into ledger as l (tenant_id, source, received, rejected, last_received_at)
      select t.*, now() from unnest(
        ${counts.sources.map((c) => c.tenantId)}::text[],
        ${counts.sources.map((c) => storableText(c.source))}::text[],
        ${counts.sources.map((c) => c.received)}::bigint[],
        ${counts.sources.map((c) => c.rejected)}::bigint[]
      ) as t
      order by 1, 2
      on conflict (tenant_id, source) do update set
        received = l.received + excluded.received,
        rejected = l.rejected + excluded.rejected,
        last_received_at = excluded.last_received_at
    ),
    reasons as (
      insert into ledger_reason as r (tenant_id, source, reason, count)
      select * from unnest(
        ${counts.reasons.map((c) => c.tenantId)}::text[],
        ${counts.reasons.map((c) => storableText(c.source))}::text[],
        ${counts.reasons.map((c) => c.reason)}::text[],
        ${counts.reasons.map((c) => c.count)}::bigint[]
      ) as t
      order by 1, 2, 3
      on conflict (tenant_id, source, reason) do update set count = r.count + excluded.count
    ),
    told as (select pg_notify(${intakeChannel}, tenant_id) from (select distinct tenant_id from appended) as tenants)
    select id, (select count(*) from told) as tenants from numbered order by ord`.execute(db);
  return result.rows.map(({ id }) => id);
}
