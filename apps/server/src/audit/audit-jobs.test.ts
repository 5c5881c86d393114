import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AuditEvent } from '@throughline/model';
import {
  appendAudit,
  auditState,
  connect,
  type Db,
  keysInFile,
  listAudit,
  migrate,
  type SecretKeys,
  verifyAudit,
} from '@throughline/store';
import { freshDatabase, type TestDatabase } from '@throughline/store/testing';
import { sql } from 'kysely';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { refusalPace } from './refusal-pace.ts';
import { keepUp } from './upkeep.ts';
import { startUseSums } from './use-sums.ts';

const log = pino({ level: 'silent' });
const day = (date: number) => new Date(Date.UTC(2026, 2, date));
const clock = () => day(30);
let database: TestDatabase;
let db: Db;
let folder: string;
let keys: SecretKeys;

beforeAll(async () => {
  [database, folder] = await Promise.all([freshDatabase(), mkdtemp(join(tmpdir(), 'throughline-audit-'))]);
  await migrate(database.databaseUrl);
  db = connect(database.databaseUrl, { max: 6, log: console });
  keys = keysInFile(join(folder, 'secrets.key'));
});
beforeEach(async () => {
  await db.transaction().execute(async (trx) => {
    await sql`set local session_replication_role = replica`.execute(trx);
    for (const table of ['audit_entry', 'audit_chain', 'audit_checkpoint'] as const) {
      await trx.deleteFrom(table).execute();
    }
  });
});
afterAll(async () => {
  await db?.destroy();
  await Promise.all([database?.drop(), rm(folder, { recursive: true, force: true })]);
});

const actor = { kind: 'token' as const, name: 'ada', id: '7' };
const event = (at: Date): AuditEvent => ({
  action: 'demo.load',
  at,
  actor,
  target: null,
  outcome: 'done',
  address: null,
  requestId: null,
  details: {},
});
const entries = async () => (await listAudit(db, 'default', { limit: 100 })).items.reverse();

describe('upkeep', () => {
  test('removes what is older than the retention, seals the rest, and tells it', async () => {
    for (const date of [1, 10, 19, 20, 21]) await appendAudit(db, 'default', [event(day(date))]);
    await keepUp({ db, keys, clock, log, retentionDays: 10 });
    expect((await entries()).map(({ action, at }) => [action, at])).toEqual([
      ['demo.load', day(20).toISOString()],
      ['demo.load', day(21).toISOString()],
      ['audit.prune', clock().toISOString()],
    ]);
    expect(await auditState(db, 'default')).toMatchObject({ first: 4, last: 6, checkpoint: { seq: 6 } });
    expect(await verifyAudit(db, keys, 'default')).toMatchObject({ intact: true, entries: 3, checkpoints: 2 });
  });

  test('with retention 0 keeps everything', async () => {
    await appendAudit(db, 'default', [event(new Date(0))]);
    await keepUp({ db, keys, clock, log, retentionDays: 0 });
    expect(await auditState(db, 'default')).toMatchObject({ entries: 1, checkpoint: { seq: 1 } });
  });
});

describe('sums', () => {
  const use = { tenantId: 'default', action: 'token.intake' as const, actor, address: '192.0.2.1' };

  test('add up by actor and address, and are written when the server stops', async () => {
    const sums = startUseSums({ db, clock, log });
    sums.add({ ...use, counts: { requests: 1, received: 10 } });
    sums.add({ ...use, counts: { requests: 1, received: 5, rejected: 2 } });
    sums.add({ ...use, address: '192.0.2.2', counts: { requests: 1 } });
    await sums.stop();
    expect((await entries()).map(({ address, details }) => ({ address, ...details }))).toEqual([
      { address: '192.0.2.1', requests: 2, received: 15, rejected: 2, from: clock().toISOString() },
      { address: '192.0.2.2', requests: 1, from: clock().toISOString() },
    ]);
    await sums.flush();
    expect(await entries()).toHaveLength(2);
  });

  test('that cannot be written are kept', async () => {
    const sums = startUseSums({ db, clock, log });
    sums.add({ ...use, counts: { requests: 1 } });
    await sql`alter table audit_entry rename to away`.execute(db);
    await sums.flush();
    await sql`alter table away rename to audit_entry`.execute(db);
    expect(await entries()).toEqual([]);
    sums.add({ ...use, counts: { requests: 1 } });
    await sums.stop();
    expect(await entries()).toMatchObject([{ details: { requests: 2 } }]);
  });
});

test('a refusal is told once a minute, and never without bound', () => {
  const isFirst = refusalPace();
  const at = (ms: number) => new Date(Date.UTC(2026, 0, 1) + ms);
  expect([isFirst('a', at(0)), isFirst('a', at(59_999)), isFirst('b', at(1)), isFirst('a', at(60_000))]).toEqual([
    true,
    false,
    true,
    true,
  ]);
  const told = [...Array(20_000).keys()].filter((number) => isFirst(String(number), at(60_001)));
  expect(told.length).toBe(9999);
});
