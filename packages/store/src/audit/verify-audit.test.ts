import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RawBuilder, sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { connect, type Db } from '../database.ts';
import { freshDatabase, type TestDatabase } from '../engine/test-database.ts';
import { migrate } from '../migrate.ts';
import { keysInFile, type SecretKeys } from '../secret/secret-keys.ts';
import { wipeSecret } from '../secret/secrets.ts';
import { appendAudit } from './append-audit.ts';
import { auditEvent, tamper, tenant } from './audit.fixture.ts';
import { chainStart, entryHash } from './chain.ts';
import { makeCheckpoint, pruneAudit } from './checkpoint.ts';
import { readChain } from './read-chain.ts';
import { verifyAudit } from './verify-audit.ts';

const at = (minute: number) => new Date(Date.UTC(2026, 2, 1, 8, minute));
let database: TestDatabase;
let db: Db;
let folder: string;
let keys: SecretKeys;

beforeAll(async () => {
  database = await freshDatabase();
  await migrate(database.databaseUrl);
  db = connect(database.databaseUrl, { max: 8, log: console });
  folder = await mkdtemp(join(tmpdir(), 'throughline-audit-'));
  keys = keysInFile(join(folder, 'secrets.key'));
});
beforeEach(async () => {
  await tamper(db, sql`delete from audit_entry`, sql`delete from audit_chain`, sql`delete from audit_checkpoint`);
  await db.deleteFrom('audit_receiver').execute();
  for (let minute = 1; minute <= 10; minute++) {
    const event = auditEvent({ at: at(minute), target: { kind: 'incident', id: String(minute) } });
    await appendAudit(db, tenant, [event]);
  }
});
afterAll(async () => {
  await db?.destroy();
  await database?.drop();
  await rm(folder, { recursive: true, force: true });
});

const pruned = (details: Record<string, unknown>) => auditEvent({ action: 'audit.prune', at: at(59), details });
const prune = (before: Date) => pruneAudit(db, keys, tenant, before, at(59), pruned);

/** Recomputes every hash from the stored contents, as a thorough forger would. */
async function rehash(): Promise<void> {
  let previous = chainStart(tenant);
  let last = 0;
  for await (const batch of readChain(db, tenant)) {
    for (const entry of batch) {
      previous = entryHash(previous, entry);
      last = entry.seq;
      await tamper(db, sql`update audit_entry set hash = ${previous} where seq = ${entry.seq}`);
    }
  }
  await tamper(db, sql`update audit_chain set seq = ${last}, hash = ${previous}`);
}

test('an untouched log is intact', async () => {
  await makeCheckpoint(db, keys, tenant, at(11));
  expect(await verifyAudit(db, keys, tenant)).toEqual({
    intact: true,
    entries: 10,
    first: 1,
    last: 10,
    checkpoints: 1,
    fault: null,
  });
  expect(await verifyAudit(db, keys, 'nobody')).toMatchObject({ intact: true, entries: 0, first: null });
});

describe('a change to one entry is named', () => {
  test.each([
    sql`at = at + interval '1 millisecond'`,
    sql`action = 'alert.change'`,
    sql`actor_kind = 'token'`,
    sql`actor_name = 'eve'`,
    sql`actor_id = null`,
    sql`target_kind = null, target_id = null`,
    sql`target_id = '8'`,
    sql`outcome = 'refused'`,
    sql`address = null`,
    sql`request_id = 'x'`,
    sql`details = '{}'`,
    sql`hash = sha256('x')`,
  ])('%#', async (change) => {
    await tamper(db, sql`update audit_entry set ${change} where seq = 7`);
    expect(await verifyAudit(db, keys, tenant)).toMatchObject({
      intact: false,
      entries: 6,
      fault: { kind: 'changed', seq: 7 },
    });
  });
});

const remove = (from: number, to = from) => sql`delete from audit_entry where seq between ${from} and ${to}`;
const setHead = (seq: number) =>
  sql`update audit_chain set (seq, hash) = (select seq, hash from audit_entry where seq = ${seq})`;
const swap = (one: number, other: number): RawBuilder<unknown>[] => [
  sql`update audit_entry set seq = -1 where seq = ${one}`,
  sql`update audit_entry set seq = ${one} where seq = ${other}`,
  sql`update audit_entry set seq = ${other} where seq = -1`,
];

describe('what was removed or moved is named', () => {
  test.each([
    ['one removed', [remove(5)], { kind: 'missing', seq: 5, message: 'Entry 5 is missing.' }],
    ['three removed', [remove(5, 7)], { kind: 'missing', seq: 5, message: 'Entries 5 to 7 are missing.' }],
    ['the first removed', [remove(1)], { kind: 'beginning', seq: 1 }],
    ['all but the last removed', [remove(1, 9)], { kind: 'beginning', seq: 1 }],
    ['the last removed', [remove(10)], { kind: 'truncated', seq: 10, message: 'Entry 10 is missing at the end.' }],
    ['the last three removed', [remove(8, 10)], { kind: 'truncated', seq: 8 }],
    ['all removed', [remove(1, 10)], { kind: 'truncated', seq: 1 }],
    ['two swapped', swap(4, 5), { kind: 'changed', seq: 4 }],
    ['two swapped far apart', swap(2, 9), { kind: 'changed', seq: 2 }],
    [
      'the gap closed',
      [remove(5), sql`update audit_entry set seq = seq - 1 where seq > 5`],
      { kind: 'changed', seq: 5 },
    ],
    ['the head moved to another hash', [sql`update audit_chain set hash = sha256('x')`], { kind: 'head', seq: 10 }],
    ['the head removed', [sql`delete from audit_chain`], { kind: 'head', seq: 10 }],
  ])('%s', async (_, statements, fault) => {
    await tamper(db, ...statements);
    expect(await verifyAudit(db, keys, tenant)).toMatchObject({ intact: false, fault });
  });
});

describe('who recomputes every hash still does not fit a sealed checkpoint', () => {
  beforeEach(async () => {
    await makeCheckpoint(db, keys, tenant, at(11));
    await appendAudit(db, tenant, [auditEvent({ at: at(12) }), auditEvent({ at: at(13) })]);
    await makeCheckpoint(db, keys, tenant, at(14));
  });

  test('a rewritten entry', async () => {
    await tamper(db, sql`update audit_entry set actor_name = 'eve' where seq = 11`);
    await rehash();
    expect(await verifyAudit(db, keys, tenant)).toMatchObject({
      fault: { kind: 'changed', seq: 11, message: expect.stringContaining('from 11 to 12') },
    });
  });

  test('a tail that was cut with the head', async () => {
    await tamper(db, setHead(9), remove(10, 12));
    expect(await verifyAudit(db, keys, tenant)).toMatchObject({ fault: { kind: 'truncated', seq: 10 } });
  });

  test('a checkpoint that was changed, moved or made up', async () => {
    for (const change of [
      sql`update audit_checkpoint set removed = true where seq = 10`,
      sql`update audit_checkpoint set seq = 9 where seq = 10`,
      sql`update audit_checkpoint set hash = sha256('x') where seq = 10`,
      sql`update audit_checkpoint set seal = sha256('x') where seq = 10`,
    ]) {
      const before = await db.selectFrom('audit_checkpoint').selectAll().execute();
      await tamper(db, change);
      expect(await verifyAudit(db, keys, tenant)).toMatchObject({ fault: { kind: 'checkpoint' } });
      await tamper(db, sql`delete from audit_checkpoint`);
      await db.insertInto('audit_checkpoint').values(before).execute();
    }
  });

  test('a beginning that was removed without retention', async () => {
    await tamper(db, remove(1, 10));
    expect(await verifyAudit(db, keys, tenant)).toMatchObject({ fault: { kind: 'beginning', seq: 1 } });
  });

  test('without the key nothing is proven', async () => {
    await wipeSecret(db, tenant, 'audit.checkpoints');
    expect(await verifyAudit(db, keys, tenant)).toMatchObject({ fault: { kind: 'seal' } });
  });
});

describe('retention', () => {
  test('removes the old behind a checkpoint; the rest still verifies', async () => {
    expect(await prune(at(5))).toBe(4);
    expect(await verifyAudit(db, keys, tenant)).toMatchObject({ intact: true, first: 5, last: 11, entries: 7 });
    await appendAudit(db, tenant, [auditEvent({ at: at(60) })]);
    expect(await prune(at(8))).toBe(3);
    expect(await verifyAudit(db, keys, tenant)).toMatchObject({ intact: true, first: 8, last: 13, checkpoints: 1 });
    const [newest] = await db.selectFrom('audit_entry').selectAll().where('seq', '=', 13).execute();
    expect(newest).toMatchObject({ action: 'audit.prune', details: expect.stringContaining('"removed":3') });
  });

  test('removes nothing when nothing is old', async () => {
    expect(await prune(at(1))).toBe(0);
    expect(await verifyAudit(db, keys, tenant)).toMatchObject({ intact: true, entries: 10 });
  });

  test('may remove everything', async () => {
    expect(await prune(at(30))).toBe(10);
    expect(await verifyAudit(db, keys, tenant)).toMatchObject({ intact: true, first: 11, entries: 1 });
  });

  test('keeps what a receiver still waits for', async () => {
    await db.insertInto('audit_receiver').values({ tenant_id: tenant, name: 'siem', position: 3 }).execute();
    expect(await prune(at(9))).toBe(3);
    expect(await prune(at(9))).toBe(0);
  });

  test('does not hide that more was removed, or that what was removed is back', async () => {
    const [third] = await db.selectFrom('audit_entry').selectAll().where('seq', '=', 3).execute();
    await prune(at(5));
    await tamper(db, remove(5, 6));
    expect(await verifyAudit(db, keys, tenant)).toMatchObject({ fault: { kind: 'beginning', seq: 5 } });
    if (third !== undefined) await db.insertInto('audit_entry').values(third).execute();
    expect(await verifyAudit(db, keys, tenant)).toMatchObject({ fault: { kind: 'beginning', seq: 3 } });
  });
});

test('one connection is enough for a checkpoint, its key and a removal: nobody waits for who waits', async () => {
  await wipeSecret(db, tenant, 'audit.checkpoints');
  const single = connect(database.databaseUrl, { max: 1, log: console });
  try {
    expect(await makeCheckpoint(single, keys, tenant, at(11))).toBe(10);
    expect(await pruneAudit(single, keys, tenant, at(3), at(59), pruned)).toBe(2);
    expect(await verifyAudit(single, keys, tenant)).toMatchObject({ intact: true });
  } finally {
    await single.destroy();
  }
});

test('a checkpoint is made only when something was appended', async () => {
  expect(await makeCheckpoint(db, keys, tenant, at(11))).toBe(10);
  expect(await makeCheckpoint(db, keys, tenant, at(12))).toBeUndefined();
});
