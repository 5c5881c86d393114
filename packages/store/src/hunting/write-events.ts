import { createHash } from 'node:crypto';
import type { ClickHouseClient } from '@clickhouse/client';
import { encodeRaw, encodeRow, type RowOrigin } from './encode-row.ts';
import type { EventBatch, EventRecord } from './event-batch.ts';
import type { HuntingStore } from './hunting-store.ts';
import { insertLines } from './insert-lines.ts';
import { knownRecords, rowsOfBatches } from './known-records.ts';
import { stringLiteral } from './sql-literal.ts';
import { rawTable } from './table-definition.ts';

/** What became of each record of a batch, in order. */
export type WrittenBatch = { batchId: number; fates: ('stored' | 'duplicate')[] };

type Part = { batch: EventBatch; lines: string[] };

/** What is to be written of a few batches. */
export type EventPlan = {
  written: WrittenBatch[];
  /** Resolves when all of it is on disk. `recover`: an earlier attempt may have left some of it. */
  write(options: { recover: boolean }): Promise<void>;
};

/**
 * Works out what is to be written of a few batches. A crash at any moment of writing, followed by the same with `recover`,
 * leaves the same rows, however the batches are grouped then. One writer a tenant; plan only when what was planned before
 * is written.
 *
 * First the raw records are written, in one insert: it claims their keys for their batch. A key that is claimed already
 * is a duplicate, whichever delivery brought it. Then the rows of each table follow, in one insert each. With `recover`
 * the tables are asked which of it is there: what an earlier attempt left behind is kept, the rest is written.
 */
export async function planEvents(
  store: HuntingStore,
  tenantId: string,
  batches: readonly EventBatch[],
): Promise<EventPlan> {
  await store.ready();
  const keys = new Set(batches.flatMap(({ records }) => records.map(({ key }) => key)));
  const owners = await knownRecords(store.client, tenantId, keys);
  const raw: Part[] = [];
  const rows = new Map<string, Part[]>();
  const written = batches.map((batch): WrittenBatch => {
    const { fates, claimed } = claim(batch, owners);
    if (claimed.length > 0) raw.push({ batch, lines: claimed.map((record) => rawLine(tenantId, batch, record)) });
    batch.records.forEach((record, index) => {
      if (fates[index] === 'stored') addRows(rows, tenantId, batch, record);
    });
    return { batchId: batch.id, fates };
  });
  return {
    written,
    async write({ recover }) {
      const write = recover ? writeMissing : writeFresh;
      await write(store.client, tenantId, rawTable, raw);
      await Promise.all([...rows].map(([table, parts]) => write(store.client, tenantId, table, parts)));
    },
  };
}

/** Plans and writes; see {@link planEvents}. */
export async function writeEvents(
  store: HuntingStore,
  tenantId: string,
  batches: readonly EventBatch[],
  { recover = false }: { recover?: boolean } = {},
): Promise<WrittenBatch[]> {
  const plan = await planEvents(store, tenantId, batches);
  await plan.write({ recover });
  return plan.written;
}

/**
 * Ends inserts of an earlier process that may still be running, before anything is written again. Of no use while that
 * process goes on.
 */
export async function endOldInserts(store: HuntingStore, tenantId: string): Promise<void> {
  const prefix = queryPrefix(tenantId).replace(/[\\%_]/g, '\\$&');
  await store.client.command({ query: `KILL QUERY WHERE query_id LIKE ${stringLiteral(`${prefix}%`)} SYNC` });
}

function claim({ id, records }: EventBatch, owners: Map<string, number>) {
  const claimed: EventRecord[] = [];
  const own = new Set<string>();
  const fates = records.map((record): 'stored' | 'duplicate' => {
    const owner = owners.get(record.key);
    if ((owner !== undefined && owner !== id) || own.has(record.key)) return 'duplicate';
    own.add(record.key);
    if (owner === undefined) {
      owners.set(record.key, id);
      claimed.push(record);
    }
    return 'stored';
  });
  return { fates, claimed };
}

function addRows(rows: Map<string, Part[]>, tenantId: string, batch: EventBatch, record: EventRecord): void {
  for (const row of record.rows) {
    const line = encodeRow(row, originOf(tenantId, batch, record));
    if (line === null) continue;
    let parts = rows.get(row.table);
    if (parts === undefined) {
      parts = [];
      rows.set(row.table, parts);
    }
    const last = parts.at(-1);
    if (last?.batch === batch) last.lines.push(line);
    else parts.push({ batch, lines: [line] });
  }
}

function rawLine(tenantId: string, batch: EventBatch, record: EventRecord): string {
  return encodeRaw(record.text, record.format, originOf(tenantId, batch, record));
}

function originOf(tenantId: string, { id, receivedAt }: EventBatch, { source, key, time }: EventRecord): RowOrigin {
  return { tenantId, source, record: key, time, ingested: receivedAt, batch: id };
}

async function writeMissing(client: ClickHouseClient, tenantId: string, table: string, parts: Part[]): Promise<void> {
  // The engine notes a token before the rows are there: after a crash in between it takes the repetition for done.
  for (let attempt = 0; attempt < 3; attempt++) {
    const there = await rowsOfBatches(
      client,
      tenantId,
      [table],
      parts.map(({ batch }) => batch),
    );
    const missing = parts.filter(({ batch, lines }) => {
      const count = there.get(`${table} ${batch.id}`) ?? 0;
      if (count !== 0 && count !== lines.length) {
        throw new Error(`${table} holds ${count} rows of batch ${batch.id}, which has ${lines.length}.`);
      }
      return count === 0;
    });
    if (missing.length === 0) return;
    await writeFresh(client, tenantId, table, missing, attempt);
  }
  throw new Error(`Rows of ${table} were inserted and are not there.`);
}

async function writeFresh(
  client: ClickHouseClient,
  tenantId: string,
  table: string,
  parts: readonly Part[],
  attempt = 0,
): Promise<void> {
  // Batches of two days are two partitions, and only what goes into one is written as a whole.
  for (const together of byDay(parts)) {
    const lines = together.flatMap((part) => part.lines);
    const ids = together.map(({ batch }) => batch.id).join();
    const token = createHash('sha256')
      .update(`${tenantId}\n${table}\n${ids}\n${lines.length}\n${attempt}`)
      .digest('hex');
    await insertLines(client, table, lines, {
      token,
      queryId: `${queryPrefix(tenantId)}${table}-${token.slice(0, 16)}`,
    });
  }
}

function queryPrefix(tenantId: string): string {
  return `events-${tenantId}-`;
}

function byDay(parts: readonly Part[]): Iterable<Part[]> {
  return Map.groupBy(parts, ({ batch }) => batch.receivedAt.slice(0, 10)).values();
}
