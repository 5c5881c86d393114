import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { connect, type Db, keysInFile, migrate, openSecret, sealSecret } from '@throughline/store';
import { freshDatabase, type TestDatabase } from '@throughline/store/testing';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const main = fileURLToPath(new URL('../main.ts', import.meta.url));
let database: TestDatabase;
let folder: string;
let db: Db;

beforeAll(async () => {
  [database, folder] = await Promise.all([freshDatabase(), mkdtemp(join(tmpdir(), 'throughline-cli-'))]);
  await migrate(database.databaseUrl);
  db = connect(database.databaseUrl, { max: 2, log: console });
});
afterAll(async () => {
  await db?.destroy();
  await Promise.all([database?.drop(), rm(folder, { recursive: true, force: true })]);
});

/** Runs the command on the test's database, as a process of its own. */
function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const env = {
    PATH: process.env.PATH,
    DATABASE_URL: database.databaseUrl,
    CLICKHOUSE_URL: database.clickhouse.url,
    THROUGHLINE_DATA_DIR: join(folder, 'data'),
  };
  return new Promise((resolve) => {
    execFile(process.execPath, [main, ...args], { env, cwd: folder }, (error, out, err) =>
      resolve({ code: error === null ? 0 : Number(error.code), out, err }),
    );
  });
}

describe('audit', () => {
  test('what the command line does is told, exported and verified', async () => {
    expect(await run('audit', 'verify')).toMatchObject({ code: 0, out: 'Intact: no entries yet.\n' });
    const made = await run('user', 'add', 'grace', '--role', 'reader');
    expect(made.code).toBe(0);
    const token = (await run('token', 'create', '--scope', 'read', '--name', 'cron', '--user', 'grace')).out;
    const lines = (await run('audit', 'export')).out.trimEnd().split('\n');
    const entries = lines.map((line) => JSON.parse(line));
    const actor = { kind: 'system', name: 'command line', id: null };
    expect(entries).toMatchObject([
      { seq: 1, action: 'account.create', actor, details: { after: { userName: 'grace', role: 'reader' } } },
      { seq: 2, action: 'account.link', actor, target: { kind: 'account' } },
      { seq: 3, action: 'token.create', actor, details: { owner: 'grace' } },
      { seq: 4, action: 'audit.export', actor, details: { format: 'ndjson' } },
    ]);
    expect(lines.join()).not.toContain(token.trim().split('\n').at(-1));
    expect(
      (await run('audit', 'export', '--format', 'csv', '--to', '2020-01-01T00:00:00Z')).out.split('\r\n'),
    ).toHaveLength(2);
    const verdict = await run('audit', 'verify', '--json');
    expect(JSON.parse(verdict.out)).toMatchObject({ intact: true, entries: 5 });
  });

  test('a broken chain is named, with exit code 1', async () => {
    await db.transaction().execute(async (trx) => {
      await sql`set local session_replication_role = replica`.execute(trx);
      await sql`update audit_entry set details = '{}' where seq = 3`.execute(trx);
    });
    expect(await run('audit', 'verify')).toMatchObject({
      code: 1,
      out: expect.stringContaining('BROKEN at entry 3: Entry 3 was changed'),
    });
  });

  test.each([['audit'], ['audit', 'export', '--format', 'xml'], ['audit', 'export', '--from', 'now'], ['secrets']])(
    'used wrongly: %s %s',
    async (...args) => expect((await run(...args.filter((word) => word !== undefined))).code).toBe(2),
  );
});

test('secrets are listed without their values, and get a new key', async () => {
  const file = join(folder, 'data', 'secrets.key');
  const keys = keysInFile(file);
  const place = { tenantId: 'default', owner: 'channel/1', destination: 'https://hooks.example.com' };
  await sealSecret(db, keys, place, 'open sesame', new Date('2026-03-01T08:00:00Z'));
  const before = await readFile(file, 'utf8');
  const listed = await run('secrets', 'list');
  expect(listed.out).toMatch(/channel\/1 +https:\/\/hooks\.example\.com +[0-9a-f]{12} +2026-03-01 08:00/);
  expect(listed.out).not.toContain('sesame');
  expect(await run('secrets', 'rotate')).toMatchObject({ code: 0, out: expect.stringMatching(/^1 secret is sealed/) });
  expect(await readFile(file, 'utf8')).not.toBe(before);
  expect(await openSecret(db, keys, place)).toBe('open sesame');
  const { out } = await run('audit', 'export');
  expect(out).toContain('"action":"secrets.rotate"');
  await rm(file);
  const lost = await run('secrets', 'rotate');
  expect([lost.code, lost.err]).toEqual([1, expect.stringContaining('does not open')]);
});
