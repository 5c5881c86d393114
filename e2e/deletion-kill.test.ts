import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type Db, listDeletions, readLedger, startChoice } from '@throughline/store';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { readLocalAccess } from '../apps/server/src/local-access.ts';
import { generateAlerts } from './generate-alerts.ts';
import { bodiesOf } from './kill-run.ts';
import { startServer } from './server-process.ts';

const count = 1_500;
const tenantId = 'default';

async function withDatabase<T>(dataDir: string, use: (db: Db) => Promise<T>): Promise<T> {
  // A server is healthy a moment before it says how it is reached.
  await expect.poll(() => readLocalAccess(dataDir), { timeout: 10_000 }).toBeDefined();
  const access = await readLocalAccess(dataDir);
  if (access === undefined) throw new Error('the server is gone');
  const db = connect(access.databaseUrl, { max: 2, log: { warn: () => {} } });
  try {
    return await use(db);
  } finally {
    await db.destroy();
  }
}

test('a server killed in the middle of a deletion goes on with it at the next start, to a whole end', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'throughline-deletion-'));
  let server = await startServer({ dataDir });
  try {
    const printed = await server.cli('token', 'create', '--scope', 'intake,read', '--name', 'kill');
    const authorization = `Bearer ${printed.trim().split(/\s+/).at(-1)}`;
    for (const body of bodiesOf(generateAlerts(count), 500)) {
      await fetch(`${server.url}/api/intake/graph`, { method: 'POST', body, headers: { authorization } });
    }
    const stored = (db: Db) => readLedger(db, tenantId).then(({ sources }) => sources[0]?.stored);
    await withDatabase(dataDir, async (db) => {
      await expect.poll(() => stored(db), { timeout: 30_000 }).toBe(count);
      const choice = { kind: 'source', source: 'graph' } as const;
      expect(await startChoice(db, { tenantId, by: 'mira', now: new Date() }, choice, 'Retired')).not.toBeNull();
      const gone = async () => (await listDeletions(db, tenantId))[0]?.alerts ?? 0;
      await expect.poll(gone, { timeout: 10_000, interval: 5 }).toBeGreaterThan(0);
      expect(await gone()).toBeLessThan(count);
      await server.kill();
    });
    server = await startServer({ dataDir });
    await withDatabase(dataDir, async (db) => {
      await expect
        .poll(async () => (await listDeletions(db, tenantId))[0], { timeout: 30_000 })
        .toMatchObject({ alerts: count, alertsWaiting: 0, incidentsWaiting: 0, endedDateTime: expect.any(String) });
      for (const table of [
        'alert',
        'alert_entity',
        'incident',
        'incident_entity',
        'entity',
        'device',
        'deletion_alert',
      ]) {
        const { rows } = await sql<{ n: number }>`select count(*) as n from ${sql.table(table)}`.execute(db);
        expect([table, rows[0]?.n]).toEqual([table, 0]);
      }
      const { balanced, sources } = await readLedger(db, tenantId);
      expect([balanced, sources[0]?.stored, sources[0]?.deleted]).toEqual([true, count, count]);
    });
  } finally {
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}, 120_000);
