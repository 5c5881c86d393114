import { makeAlert, type Reject } from '@throughline/model';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect, type Db } from '../database.ts';
import { freshDatabase } from '../engine/test-database.ts';
import { migrate } from '../migrate.ts';
import { appendBatch } from './append-batch.ts';
import { deadLetterRaw, listDeadLetters, markReplayed } from './dead-letters.ts';
import { readLedger } from './ledger.ts';
import { pruneIntakeLog } from './prune-log.ts';

const tenantId = 'default';

describe('the ledger and its dead letters', () => {
  let db: Db;
  let drop: () => Promise<void>;

  beforeAll(async () => {
    const fresh = await freshDatabase();
    drop = fresh.drop;
    await migrate(fresh.databaseUrl);
    db = connect(fresh.databaseUrl, { max: 4, log: console });
    const alert = makeAlert({
      id: 'a',
      tenantId,
      providerAlertId: 'a',
      title: 'A',
      serviceSource: 'ocsf',
      detectorId: 'd',
      createdDateTime: '2026-01-01T00:00:00Z',
    });
    const rejects = Array.from(
      { length: 5 },
      (_, i): Reject => ({
        line: i + 2,
        source: i < 3 ? 'ocsf' : 'unknown',
        reason: i % 2 ? 'malformedJson' : 'missingField',
        detail: `record ${i}`,
        raw: `raw ${i} é`,
      }),
    );
    await appendBatch(db, { tenantId, alerts: [{ source: 'ocsf', alert }], rejects, received: 6 });
  });
  afterAll(async () => {
    await db.destroy();
    await drop();
  });

  it('balances while alerts are pending, and says so when it does not', async () => {
    const ledger = await readLedger(db, tenantId);
    expect(ledger.balanced).toBe(true);
    expect(ledger.sources.map(({ lastReceivedDateTime, ...row }) => row)).toEqual([
      {
        source: 'ocsf',
        received: 4,
        stored: 0,
        duplicate: 0,
        rejected: 3,
        pending: 1,
        deleted: 0,
        hidden: 0,
        autoResolved: 0,
        reasons: { malformedJson: 1, missingField: 2 },
      },
      {
        source: 'unknown',
        received: 2,
        stored: 0,
        duplicate: 0,
        rejected: 2,
        pending: 0,
        deleted: 0,
        hidden: 0,
        autoResolved: 0,
        reasons: { malformedJson: 1, missingField: 1 },
      },
    ]);
    await db.updateTable('ledger').set({ stored: 1 }).where('source', '=', 'ocsf').execute();
    expect((await readLedger(db, tenantId)).balanced).toBe(false);
    await db.updateTable('ledger').set({ stored: 0 }).where('source', '=', 'ocsf').execute();
    expect(await readLedger(db, 'other')).toEqual({ sources: [], balanced: true });
  });

  it('pages through dead letters and filters them', async () => {
    const first = await listDeadLetters(db, tenantId, { limit: 3 });
    expect(first.items.map(({ line }) => line)).toEqual([6, 5, 4]);
    expect(first.total).toBe(5);
    const second = await listDeadLetters(db, tenantId, { limit: 3, cursor: first.next ?? '' });
    expect(second.items.map(({ line }) => line)).toEqual([3, 2]);
    expect(second.next).toBeNull();
    const unknown = await listDeadLetters(db, tenantId, { limit: 10, source: 'unknown', reason: 'malformedJson' });
    expect(unknown.items).toMatchObject([{ line: 5, detail: 'record 3', size: 8, replayedDateTime: null }]);
    expect((await listDeadLetters(db, 'other', { limit: 10 })).total).toBe(0);
  });

  it('gives the raw bytes to its own tenant and marks a replay once', async () => {
    const { items } = await listDeadLetters(db, tenantId, { limit: 1 });
    const id = items[0]?.id ?? 0;
    expect(await deadLetterRaw(db, 'other', id)).toBeNull();
    expect((await deadLetterRaw(db, tenantId, id))?.raw?.toString()).toBe('raw 4 é');
    const { batchId } = await appendBatch(db, { tenantId, alerts: [], rejects: [], received: 0 });
    expect(await markReplayed(db, tenantId, id, batchId)).toBe(true);
    expect(await markReplayed(db, tenantId, id, batchId)).toBe(false);
    expect((await deadLetterRaw(db, tenantId, id))?.replayedDateTime).toMatch(/^\d{4}-.*Z$/);
  });

  it('forgets old finished batches, and none that waits or left a dead letter', async () => {
    await appendBatch(db, { tenantId, alerts: [], rejects: [], received: 0 });
    const before = await readLedger(db, tenantId);
    const weekAgo = new Date(Date.now() - 7 * 86_400_000);
    expect(await pruneIntakeLog(db, tenantId, weekAgo)).toBe(0);
    await db
      .updateTable('intake_batch')
      .set({ done_at: '2026-01-01T00:00:00Z' })
      .where('done_at', 'is not', null)
      .execute();
    // The replay's batch and the one with dead letters stay.
    expect(await pruneIntakeLog(db, tenantId, weekAgo)).toBe(1);
    expect(await readLedger(db, tenantId)).toEqual(before);
  });
});
