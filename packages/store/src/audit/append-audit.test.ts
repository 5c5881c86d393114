import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createAccount } from '../access/accounts.ts';
import { connect, type Db } from '../database.ts';
import { freshDatabase, type TestDatabase } from '../engine/test-database.ts';
import { migrate } from '../migrate.ts';
import { keysInText } from '../secret/secret-keys.ts';
import { appendAudit } from './append-audit.ts';
import { auditEvent, tamper, tenant } from './audit.fixture.ts';
import { type AuditNote, auditedDb, inAuditedTransaction, noteChange } from './audited.ts';
import { auditState, exportAudit, listAudit } from './list-audit.ts';
import { verifyAudit } from './verify-audit.ts';

let database: TestDatabase;
let db: Db;
const noKeys = keysInText('', 'nowhere');

beforeAll(async () => {
  database = await freshDatabase();
  await migrate(database.databaseUrl);
  db = connect(database.databaseUrl, { max: 10, log: console });
});
beforeEach(() => tamper(db, sql`delete from audit_entry`, sql`delete from audit_chain`));
afterAll(async () => {
  await db?.destroy();
  await database?.drop();
});

const isIntact = async () => {
  const first = await verifyAudit(db, { ...noKeys, read: async () => undefined }, tenant);
  expect(first).toMatchObject({ intact: true });
  return first.entries;
};
const list = (query = {}) => listAudit(db, tenant, { limit: 100, ...query });

describe('appending', () => {
  test('from many connections at once leaves no gap', async () => {
    const rounds = [...Array(60).keys()];
    await Promise.all(
      rounds
        .map((round) =>
          db.transaction().execute(async (trx) => {
            await appendAudit(trx, tenant, [auditEvent(), auditEvent({ details: { round } })]);
            if (round % 5 === 0) throw new Error('undone');
          }),
        )
        .map((one) => one.catch(() => {})),
    );
    expect(await isIntact()).toBe(96);
  });

  test('a chain of another tenant does not wait', async () => {
    await sql`insert into tenant (id, name) values ('other', 'Other') on conflict do nothing`.execute(db);
    await db.transaction().execute(async (trx) => {
      await appendAudit(trx, tenant, [auditEvent()]);
      await appendAudit(db, 'other', [auditEvent()]);
    });
    expect((await listAudit(db, 'other', { limit: 10 })).items).toHaveLength(1);
  });

  test('keeps hostile text, in a form that can be stored', async () => {
    const name = `a\0b\ud800${'x'.repeat(1000)}`;
    const details = JSON.parse('{"__proto__":{"a":1},"text":"\\u0000\\ud800"}');
    await appendAudit(db, tenant, [
      auditEvent({ actor: { kind: 'anonymous', name, id: '\0' }, target: { kind: 'x', id: name }, details }),
      auditEvent({ details: { long: 'x'.repeat(30_000) } }),
    ]);
    const [long, hostile] = (await list()).items;
    expect(hostile?.actor.name).toHaveLength(300);
    expect(hostile?.actor.name.startsWith('a\u{FFFD}b\u{FFFD}')).toBe(true);
    expect(JSON.stringify(hostile?.details)).toBe(JSON.stringify(details));
    expect(long?.details).toEqual({ omitted: '30011 characters' });
    expect(await isIntact()).toBe(2);
  });

  test.each([
    sql`update audit_entry set actor_name = 'eve'`,
    sql`delete from audit_entry`,
    sql`truncate audit_entry`,
    sql`select set_config('throughline.audit_prune', 'default', true); delete from audit_entry`,
  ])('is all that the table allows: %#', async (statement) => {
    await appendAudit(db, tenant, [auditEvent()]);
    await expect(db.transaction().execute((trx) => statement.execute(trx))).rejects.toThrow();
    expect(await isIntact()).toBe(1);
  });
});

describe('a change and its entry', () => {
  const finish = async (trx: Db, notes: readonly AuditNote[]) => {
    const events = notes.map(({ target, before, after }) => auditEvent({ target, details: { before, after } }));
    await appendAudit(trx, tenant, events);
  };
  const note = { target: { kind: 'incident', id: '1' }, before: { a: 1 }, after: { a: 2 } };

  test('are committed together', async () => {
    const audited = auditedDb(db, finish);
    await audited.transaction().execute(async (trx) => noteChange(trx, note));
    await audited
      .transaction()
      .setIsolationLevel('read committed')
      .execute(async (trx) => {
        await sql`select 1`.execute(trx);
        noteChange(trx, note);
        noteChange(trx, { ...note, target: { kind: 'incident', id: '2' } });
      });
    expect((await list()).items.map(({ target }) => target?.id)).toEqual(['2', '1', '1']);
    expect(await audited.selectFrom('tenant').select('id').where('id', '=', tenant).execute()).toHaveLength(1);
    expect((await sql<{ n: number }>`select 1 as n`.execute(audited)).rows).toEqual([{ n: 1 }]);
  });

  test('are undone together', async () => {
    const failing = auditedDb(db, async () => {
      throw new Error('the log cannot be written');
    });
    const name = { userName: 'unborn', displayName: 'U', role: 'reader' as const };
    await expect(
      failing.transaction().execute(async (trx) => {
        await createAccount(trx, tenant, name);
        noteChange(trx, note);
      }),
    ).rejects.toThrow('the log cannot be written');
    await expect(
      inAuditedTransaction(
        db,
        (trx) => createAccount(trx, tenant, name),
        async (trx) => {
          await appendAudit(trx, tenant, [auditEvent()]);
          throw new Error('too late');
        },
      ),
    ).rejects.toThrow('too late');
    expect(await db.selectFrom('account').select('id').where('user_name', '=', 'unborn').execute()).toEqual([]);
    expect((await list()).items).toEqual([]);
  });

  test('that nobody audits is not told', async () => {
    await db.transaction().execute(async (trx) => noteChange(trx, note));
    expect((await list()).items).toEqual([]);
  });
});

describe('reading', () => {
  const day = (date: number) => new Date(Date.UTC(2026, 2, date));
  beforeEach(() =>
    appendAudit(db, tenant, [
      auditEvent({ at: day(1) }),
      auditEvent({
        at: day(2),
        action: 'session.signIn',
        outcome: 'refused',
        actor: { kind: 'anonymous', name: 'EVE', id: null },
        target: null,
      }),
      auditEvent({ at: day(3), action: 'deadLetter.read', target: { kind: 'deadLetter', id: 'a/b' } }),
      auditEvent({
        at: day(4),
        actor: { kind: 'token', name: '=cmd()', id: '7' },
        target: { kind: 'incident', id: '13' },
      }),
    ]),
  );

  test.each([
    [{}, [4, 3, 2, 1]],
    [{ actor: 'eve' }, [2]],
    [{ actor: 'nobody\0' }, []],
    [{ action: ['session.signIn', 'deadLetter.read'] }, [3, 2]],
    [{ outcome: ['refused'] }, [2]],
    [{ target: 'incident' }, [4, 1]],
    [{ target: 'incident/13' }, [4]],
    [{ target: 'deadLetter/a/b' }, [3]],
    [{ from: day(2).toISOString(), to: day(4).toISOString() }, [3, 2]],
    [{ cursor: 'nonsense' }, [4, 3, 2, 1]],
  ])('%j', async (query, expected) => {
    expect((await list(query)).items.map(({ seq }) => seq)).toEqual(expected);
  });

  test('pages, while entries are added', async () => {
    const first = await list({ limit: 3 });
    await appendAudit(db, tenant, [auditEvent()]);
    expect(first.next).toBe('2');
    const second = await list({ limit: 3, cursor: first.next });
    expect(second).toMatchObject({ items: [{ seq: 1 }], next: null });
  });

  test('exports lines that read back, and CSV that no spreadsheet runs', async () => {
    const text = async (format: 'ndjson' | 'csv') => {
      let all = '';
      for await (const part of exportAudit(db, tenant, {}, format)) all += part;
      return all;
    };
    const lines = (await text('ndjson')).trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toEqual((await list()).items.reverse());
    const csv = (await text('csv')).trimEnd().split('\r\n');
    expect(csv).toHaveLength(5);
    expect(csv[4]).toContain(",'=cmd(),");
  });

  test('the export alone is enough to recompute the chain, as the documentation says', async () => {
    let previous = sha256('["throughline audit",1,"default"]');
    for await (const lines of exportAudit(db, tenant, {}, 'ndjson')) {
      for (const line of lines.trimEnd().split('\n')) {
        const { hash, details, ...entry } = JSON.parse(line);
        const text = sortedJson({ ...entry, details: sortedJson(details) });
        previous = sha256(Buffer.concat([previous, Buffer.from(text)]));
        expect(previous.toString('hex')).toBe(hash);
      }
    }
  });

  test('the state counts what is there', async () => {
    await db.insertInto('audit_receiver').values({ tenant_id: tenant, name: 'siem', position: 1 }).execute();
    expect(await auditState(db, tenant)).toEqual({
      entries: 4,
      first: 1,
      last: 4,
      checkpoint: null,
      receivers: [{ name: 'siem', waiting: 3, lastSentDateTime: null, lastError: null }],
    });
    expect(await auditState(db, 'nobody')).toMatchObject({ entries: 0, first: null, receivers: [] });
  });
});

function sha256(bytes: string | Buffer): Buffer {
  return createHash('sha256').update(bytes).digest();
}

// Written anew, so that it does not repeat a mistake of the code under test.
function sortedJson(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(sortedJson).join(',')}]`;
  const parts = Object.entries(value).map(([name, part]) => `${JSON.stringify(name)}:${sortedJson(part)}`);
  return `{${parts.sort().join(',')}}`;
}
