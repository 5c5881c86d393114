import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect, type Db, readLedger } from '@throughline/store';
import { freshDatabase } from '@throughline/store/testing';
import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { generateAlerts } from './generate-alerts.ts';
import { bodiesOf, killRun } from './kill-run.ts';
import { type ServerProcess, startServer } from './server-process.ts';

const bodies = bodiesOf(generateAlerts(800, { seed: 13 }), 20);
const lockSpace = 7_412_602;

/** Database processes that hold a writer lock. */
async function writers(db: Db): Promise<number[]> {
  const { rows } = await sql<{ pid: number }>`
    select pid from pg_locks where locktype = 'advisory' and classid = ${lockSpace} and granted
      and database = (select oid from pg_database where datname = current_database())`.execute(db);
  return rows.map(({ pid }) => pid);
}

async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = performance.now() + 60_000; !(await holds()); await sleep(25)) {
    if (performance.now() > end) throw new Error(`waited in vain until ${what}`);
  }
}

it('has one writer, whichever of the servers is killed, stopped for a while or cut off', async () => {
  const database = await freshDatabase();
  const folder = await mkdtemp(join(tmpdir(), 'throughline-writers-'));
  const db = connect(database.databaseUrl, { max: 2, log: { info() {}, warn() {}, error() {} } as never });
  const servers: ServerProcess[] = [];
  const start = async (name: string) => {
    const server = await startServer({ dataDir: join(folder, name), env: { DATABASE_URL: database.databaseUrl } });
    servers.push(server);
    return server;
  };
  const leads = (server: ServerProcess) => server.output().includes('restored');
  const pending = async () => (await readLedger(db, 'default')).sources.reduce((sum, row) => sum + row.pending, 0);
  try {
    const a = await start('a');
    await until('the first server leads', () => leads(a));
    const b = await start('b');
    const authorization = `Bearer ${(await a.cli('token', 'create', '--scope', 'intake', '--name', 'w')).trim().split(/\s+/).at(-1)}`;
    let next = 0;
    const send = async (count: number, ...to: ServerProcess[]) => {
      for (let i = 0; i < count; i++, next++) {
        const { url } = to[i % to.length] as ServerProcess;
        const headers = { authorization, 'content-type': 'application/json' };
        const answer = await fetch(`${url}/api/intake/graph`, { method: 'POST', headers, body: bodies[next] ?? '' });
        expect(answer.status).toBe(202);
        expect((await writers(db)).length).toBeLessThanOrEqual(1);
      }
    };

    await send(10, a, b);
    expect(leads(b)).toBe(false);
    await a.kill();
    await send(5, b);
    await until('the second takes over from the killed one', () => leads(b));
    await until('all is processed', async () => (await pending()) === 0);

    // A paused leader keeps its connection, and with it the lock: the other waits, and intake goes on.
    const c = await start('c');
    const [held] = await writers(db);
    b.process.kill('SIGSTOP');
    await send(10, c);
    for (const end = performance.now() + 3_000; performance.now() < end; await sleep(100)) {
      expect(await writers(db)).toEqual([held]);
      expect(await pending()).toBe(200);
    }
    expect(leads(c)).toBe(false);
    b.process.kill('SIGCONT');
    await until('the leader goes on where it was', async () => (await pending()) === 0);
    expect(await writers(db)).toEqual([held]);

    // Cut off while paused, it has lost the lock: the other leads, and what the first wakes up to write fails.
    b.process.kill('SIGSTOP');
    await send(10, c);
    await sql`select pg_terminate_backend(${held ?? 0})`.execute(db);
    await until('the third takes over', () => leads(c));
    await until('all is processed', async () => (await pending()) === 0);
    const [leader] = await writers(db);
    b.process.kill('SIGCONT');
    await until('the second notices', () => b.output().includes('starts over'));
    await send(5, b, c);
    await until('all is processed', async () => (await pending()) === 0);
    expect(await writers(db)).toEqual([leader]);

    expect(next).toBe(bodies.length);
    const alerts = await db
      .selectFrom('alert')
      .select(['id', 'incident_id as incident', 'origin_incident_id as origin', 'decision'])
      .orderBy('seq')
      .execute();
    expect(alerts).toEqual((await killRun(bodies, 0, 1)).alerts);
    const ledger = await readLedger(db, 'default');
    expect(ledger).toMatchObject({
      balanced: true,
      sources: [{ received: 800, stored: 800, duplicate: 0, pending: 0 }],
    });
  } finally {
    for (const server of servers) {
      server.process.kill('SIGCONT');
      if (server.process.exitCode === null && server.process.signalCode === null) await server.stop();
    }
    await db.destroy();
    await database.drop();
    await rm(folder, { recursive: true, force: true });
  }
}, 300_000);
