import { makeAlert, type Reject } from '@throughline/model';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect, type Db } from '../database.ts';
import { freshDatabase } from '../engine/test-database.ts';
import { migrate } from '../migrate.ts';
import { appendBatch } from './append-batch.ts';
import { decodeBatch, encodeBatch, pendingAlert } from './batch-codec.ts';

const tenantId = 'default';
const alert = (id: string, title = 'Title') =>
  makeAlert({
    id,
    tenantId,
    providerAlertId: id,
    title,
    serviceSource: 'test',
    detectorId: 'd',
    createdDateTime: '2026-01-01T00:00:00.000Z',
  });
const reject = (line: number, raw: string): Reject => ({
  line,
  source: 'wazuh',
  reason: 'malformedJson',
  detail: 'at column 7\0',
  raw,
});

describe('the batch codec', () => {
  it('gives back every alert and its text', async () => {
    const texts = fc.array(fc.string({ unit: 'binary', maxLength: 40 }), { maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(texts, fc.string(), async (titles, source) => {
        const pending = titles.map((title, index) => pendingAlert(source, alert(String(index), title)));
        expect(await decodeBatch(await encodeBatch(pending))).toEqual(pending);
      }),
      { numRuns: 50 },
    );
  });

  it('replaces what is no text and leaves what only looks like it', () => {
    const { alert: clean, text } = pendingAlert('s', alert('a', 'nul \0 half \ud800 pair \u{1f600} written \\u0000'));
    expect(clean.title).toBe('nul \ufffd half \ufffd pair \u{1f600} written \\u0000');
    expect(JSON.parse(text)).toEqual(clean);
  });
});

describe('appendBatch', () => {
  let db: Db;
  let drop: () => Promise<void>;

  beforeAll(async () => {
    const fresh = await freshDatabase();
    drop = fresh.drop;
    await migrate(fresh.databaseUrl);
    db = connect(fresh.databaseUrl, { max: 4, log: console });
  });
  afterAll(async () => {
    await db.destroy();
    await drop();
  });

  it('keeps alerts, rejects and counts, split into batches of the limit', async () => {
    const alerts = ['a', 'b', 'c', 'd', 'e'].map((id) => ({ source: 'suricata', alert: alert(id) }));
    const raw = '{"broken": \0 \u00e9';
    const { batchId } = await appendBatch(
      db,
      { tenantId, alerts, rejects: [reject(6, raw)], received: 6 },
      { recordsPerBatch: 2 },
    );
    const batches = await db.selectFrom('intake_batch').selectAll().orderBy('id').execute();
    expect(batches.map((b) => [b.received, b.accepted, b.rejected])).toEqual([
      [6, 2, 1],
      [0, 2, 0],
      [0, 1, 0],
    ]);
    expect(batches[0]?.id).toBe(batchId);
    const stored = await Promise.all(batches.map((batch) => decodeBatch(batch.alerts as Buffer)));
    expect(stored.flat().map((pending) => pending.alert)).toEqual(alerts.map((a) => a.alert));
    const letter = await db.selectFrom('dead_letter').selectAll().executeTakeFirstOrThrow();
    expect(letter).toMatchObject({ batch_id: batchId, line: 6, reason: 'malformedJson', detail: 'at column 7\ufffd' });
    expect(letter.raw?.toString()).toBe(raw);
    const ledger = await db.selectFrom('ledger').selectAll().orderBy('source').execute();
    expect(ledger.map((row) => [row.source, row.received, row.stored, row.rejected])).toEqual([
      ['suricata', 5, 0, 0],
      ['wazuh', 1, 0, 1],
    ]);
    const reasons = await db.selectFrom('ledger_reason').select(['source', 'reason', 'count']).execute();
    expect(reasons).toEqual([{ source: 'wazuh', reason: 'malformedJson', count: 1 }]);
  });

  it('cuts a request of large alerts by size, and takes a huge one alone', async () => {
    const sizes = [20, 20, 40, 1].map((mega) => mega * 1024 * 1024);
    const alerts = sizes.map((size, i) => ({ source: 'large', alert: alert(`l${i}`, 'x'.repeat(size)) }));
    const { batchId } = await appendBatch(db, { tenantId, alerts, rejects: [], received: 4 });
    const batches = await db
      .selectFrom('intake_batch')
      .select('accepted')
      .where('id', '>=', batchId)
      .orderBy('id')
      .execute();
    expect(batches.map(({ accepted }) => accepted)).toEqual([1, 1, 1, 1]);
    await db.deleteFrom('intake_batch').where('id', '>=', batchId).execute();
  });

  it('gives each of many small requests a batch of its own, in one flush for many', async () => {
    const before = await transactions(db);
    const answers = await Promise.all(
      Array.from({ length: 300 }, (_, i) =>
        appendBatch(db, { tenantId, alerts: [{ source: 'many', alert: alert(`m${i}`) }], rejects: [], received: 1 }),
      ),
    );
    expect(new Set(answers.map(({ batchId }) => batchId)).size).toBe(300);
    for (const [i, { batchId }] of answers.entries()) {
      const { alerts } = await db
        .selectFrom('intake_batch')
        .select('alerts')
        .where('id', '=', batchId)
        .executeTakeFirstOrThrow();
      expect((await decodeBatch(alerts as Buffer)).map((p) => p.alert.id)).toEqual([`m${i}`]);
    }
    // Transaction ids are the cluster's: other test files take some too.
    expect((await transactions(db)) - before).toBeLessThan(150);
    const { received } = await db
      .selectFrom('ledger')
      .select('received')
      .where('source', '=', 'many')
      .executeTakeFirstOrThrow();
    expect(received).toBe(300);
  });

  it('fails only the request that the database refuses', async () => {
    const good = { tenantId, alerts: [{ source: 'good', alert: alert('g') }], rejects: [], received: 1 };
    const bad = { ...good, tenantId: 'nobody' };
    const results = await Promise.allSettled([appendBatch(db, good), appendBatch(db, bad), appendBatch(db, good)]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });

  it('accepts a request of rejects only, and one of nothing', async () => {
    const { batchId } = await appendBatch(db, { tenantId, alerts: [], rejects: [reject(1, 'x')], received: 1 });
    const batch = await db.selectFrom('intake_batch').selectAll().where('id', '=', batchId).executeTakeFirstOrThrow();
    expect(batch.done_at).not.toBeNull();
    await appendBatch(db, { tenantId, alerts: [], rejects: [], received: 0 });
  });
});

async function transactions(db: Db): Promise<number> {
  const { id } = await db
    .selectNoFrom((eb) => eb.fn<string>('pg_current_xact_id', []).as('id'))
    .executeTakeFirstOrThrow();
  return Number(id);
}
