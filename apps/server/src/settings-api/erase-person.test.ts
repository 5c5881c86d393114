import type { Db } from '@throughline/store';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Browser, startTestServer, type TestServer } from '../testing/test-server.ts';

const name = 'zoe.quillfeather@example.com';
let server: TestServer;
let db: Db;
let mira: Browser;
let zoe: Browser;

beforeAll(async () => {
  server = await startTestServer();
  db = server.db;
  mira = await server.signedIn('administrator', 'mira');
  zoe = await server.signedIn('administrator', name);
}, 60_000);
afterAll(() => server?.stop());

/** Tables of which a row still holds the name anywhere. */
async function tablesNaming(): Promise<string[]> {
  const { rows } = await sql<{ t: string }>`
    select table_name as t from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`.execute(
    db,
  );
  const found: string[] = [];
  for (const { t } of rows) {
    const hit = await sql`select from ${sql.table(t)} x where x::text ilike '%quillfeather%' limit 1`.execute(db);
    if (hit.rows.length > 0) found.push(t);
  }
  return found;
}

test('a person who left is named nowhere but in the audit log', async () => {
  await mira.call('/api/demo', { method: 'POST' });
  await server.pipeline.idle();
  const [incident] = (await zoe.call('/api/incidents?limit=1')).json.items;
  const path = `/api/incidents/${incident.id}`;
  expect((await zoe.call(path, { method: 'PATCH', body: { assignedTo: name } })).status).toBe(200);
  expect((await zoe.call(`${path}/comments`, { method: 'POST', body: { comment: 'On it' } })).status).toBeLessThan(300);
  const [alert] = (await zoe.call(`${path}/alerts?limit=1`)).json.items;
  await zoe.call(`/api/alerts/${alert.id}`, { method: 'PATCH', body: { assignedTo: name } });
  const general = (await zoe.call('/api/settings/general')).json;
  const body = { timeZone: 'UTC', updatedDateTime: general.updatedDateTime };
  expect((await zoe.call('/api/settings/general', { method: 'PATCH', body })).status).toBe(200);
  const [source] = (await zoe.call('/api/settings/sources')).json.items;
  await zoe.call(`/api/settings/sources/${source.source}`, {
    method: 'PATCH',
    body: { note: 'x', updatedDateTime: null },
  });
  const exception = {
    id: null,
    subject: 'source',
    effect: 'standAlone',
    value: 'edr',
    name: 'EDR',
    kind: null,
    reason: 'Noise',
    expiresDateTime: null,
  };
  const choices = { numbers: {}, restrictToDeviceGroups: false, exceptions: [exception] };
  const correlation = { version: 0, comment: 'Less noise', choices };
  expect((await zoe.call('/api/settings/correlation', { method: 'PATCH', body: correlation })).status).toBe(200);

  const erase = () =>
    mira.call(`/api/settings/people/${zoe.me.id}/erasure`, { method: 'POST', body: { reason: 'Left' } });
  expect((await erase()).json.error.code).toBe('accountEnabled');
  await mira.call(`/api/accounts/${zoe.me.id}`, { method: 'PATCH', body: { disabled: true } });
  expect(await tablesNaming()).toEqual(
    expect.arrayContaining(['account', 'activity', 'comment', 'incident', 'tenant']),
  );
  const done = await erase();
  expect([done.status, done.json]).toEqual([200, { userName: `Deleted person ${zoe.me.id}` }]);
  expect(await tablesNaming()).toEqual(['audit_entry']);
  const settings = (await mira.call('/api/settings/correlation')).json;
  expect(settings.changedBy).toBe(done.json.userName);
  expect(settings.choices.exceptions).toMatchObject([{ value: 'edr', createdBy: done.json.userName }]);
  expect((await erase()).json.error.code).toBe('alreadyErased');
  expect((await mira.call(path)).json.assignedTo).toBe(`Deleted person ${zoe.me.id}`);
  expect((await zoe.call('/api/me')).status).toBe(401);
  // The chain is whole, and activity stays closed to everything else.
  expect((await mira.call('/api/audit/verdict')).json).toMatchObject({ intact: true });
  await expect(sql`update activity set summary = 'x'`.execute(db)).rejects.toThrow('append-only');
});
