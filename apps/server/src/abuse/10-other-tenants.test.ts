import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Browser, startTestServer, type TestServer } from '../testing/test-server.ts';
import { nameOf, routes, sampleOf, schemaOf } from './every-route.fixture.ts';
import { plantEverything } from './plant.fixture.ts';

/**
 * Abuse 10. The attack: an administrator of one tenant reads, changes, exports or hears of another tenant's things by
 * their ids; or things that belong to no tenant belong to everybody. Device groups and sources are swept the same way in
 * scope/route-scope.test.ts.
 */

let server: TestServer;
let stranger: Browser;
/** Tables with a tenant, the audit log aside: its chain names its tenant in every link. */
let tables: string[];
/** Every number that is an id of the other tenant. */
let ids: number[];
let alertIds: string[];

beforeAll(async () => {
  server = await startTestServer();
  const { db } = server;
  const owner = await server.signedIn('administrator', 'farsecret-owner');
  await plantEverything(server, owner, 'farsecret', 'hidden');
  alertIds = (await owner.call('/api/alerts?limit=3')).json.items.map(({ id }: { id: string }) => id);
  const { rows } = await sql<{ name: string }>`
    select c.table_name as name from information_schema.columns c
    join information_schema.tables t using (table_schema, table_name)
    where c.column_name = 'tenant_id' and c.table_schema = 'public' and t.table_type = 'BASE TABLE'`.execute(db);
  tables = rows.map(({ name }) => name).filter((name) => !name.startsWith('audit'));
  // Everything that was made belongs to another tenant from here on.
  await db.transaction().execute(async (one) => {
    await sql`insert into tenant (id, name) values ('far', 'farsecret tenant') on conflict do nothing`.execute(one);
    await sql`set local session_replication_role = replica`.execute(one);
    // Not seen by anything that runs until all of it is there. A new tenant comes with what every tenant has.
    for (const table of tables) await sql`delete from ${sql.table(table)} where tenant_id = 'far'`.execute(one);
    for (const table of tables) await sql`update ${sql.table(table)} set tenant_id = 'far'`.execute(one);
    await sql`set local session_replication_role = origin`.execute(one);
  });
  stranger = await server.signedIn('administrator', 'stranger');
  const own = stranger.me.id;
  const session: number = (await stranger.call('/api/me/sessions')).json.items[0].id;
  ids = Array.from({ length: 30 }, (_, n) => n + 1).filter((id) => id !== own && id !== session);
}, 60_000);
afterAll(() => server?.stop());

/** All that the other tenant has, as text. */
async function farRows(): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {};
  for (const table of tables) {
    const { rows } = await sql<{ row: string }>`
      select t::text as row from ${sql.table(table)} t where tenant_id = 'far' order by 1`.execute(server.db);
    found[table] = rows.map(({ row }) => row);
  }
  return found;
}

test('every table with a tenant demands one: nothing belongs to nobody', async () => {
  const { rows } = await sql<{ name: string }>`
    select table_name as name from information_schema.columns
    where column_name = 'tenant_id' and is_nullable = 'YES' and table_schema = 'public'
      and table_name in (select table_name from information_schema.tables where table_type = 'BASE TABLE')`.execute(
    server.db,
  );
  expect(rows).toEqual([]);
  expect(tables.length).toBeGreaterThan(20);
});

test('no list, count, search or export of another tenant names a thing of it', async () => {
  const told: string[] = [];
  for (const route of routes.filter((each) => each.method === 'get' && !each.path.includes('{'))) {
    if (route.media === 'text/event-stream') continue;
    const takesText = 'q' in (schemaOf(route, 'query').properties ?? {});
    for (const query of takesText ? ['', '?q=farsecret'] : ['']) {
      const { text } = await stranger.call(route.path + query);
      // What describes the API has words of its own.
      const things = route.chapter === 'Server' && /openapi|docs/.test(route.path) ? /farsecret/ : /farsecret|hidden/;
      if (things.test(text)) told.push(nameOf(route) + query);
    }
  }
  // The audit log stays with the tenant whose chain it is; see above.
  expect(told.filter((name) => !name.startsWith('get /api/audit'))).toEqual([]);
});

test('no route finds a thing of another tenant by its id, nor changes one', async () => {
  const before = await farRows();
  expect(Object.values(before).flat().length).toBeGreaterThan(100);
  const answered: string[] = [];
  // Own things: made by the stranger's own requests meanwhile, or about the stranger.
  const routesWithId = routes.filter(({ path, media }) => path.includes('{') && media !== 'text/html');
  for (const route of routesWithId) {
    const body = route.body && sampleOf(schemaOf(route, 'body'));
    const candidates = route.path.startsWith('/api/alerts/') ? alertIds : ids;
    for (const id of candidates.slice(0, route.method === 'get' ? 30 : 15)) {
      const path = route.path.replace('{key}', `custom-${id}`).replaceAll(/\{\w+\}/g, String(id));
      const answer = await stranger.call(path, { method: route.method.toUpperCase(), ...(body ? { body } : {}) });
      if (answer.status < 300 && !route.path.includes('{source}'))
        answered.push(`${nameOf(route)} ${id}: ${answer.status}`);
      if (/farsecret/.test(answer.text)) answered.push(`${nameOf(route)} ${id} told`);
    }
  }
  expect(answered).toEqual([]);
  expect(await farRows()).toEqual(before);
}, 60_000);

test('ids of another tenant in a body are refused, or name nothing', async () => {
  const before = await farRows();
  const [id] = ids;
  const bodies: [string, string, unknown][] = [
    ['POST', '/api/incidents/bulk', { ids, change: { severity: 'low' } }],
    ['POST', '/api/user-groups', { name: 'mine', description: '', accountIds: [id] }],
    ['POST', `/api/accounts/${stranger.me.id}/user-groups`, { userGroupIds: [id] }],
    ['POST', '/api/invitations', { userName: 'x', displayName: 'x', role: 'reader', userGroupIds: [id] }],
    ['POST', '/api/notifications/rules', { name: 'x', severities: ['high'], recipients: [], webhooks: [1, 2] }],
    [
      'POST',
      '/api/notifications/rules',
      { name: 'x', severities: ['high'], recipients: ['a@example.com'], deviceGroups: [1] },
    ],
    ['POST', '/api/notifications/policies', { name: 'x', steps: [{ afterMinutes: 1, schedules: [1], webhooks: [1] }] }],
    ['PATCH', '/api/sign-in/policy', { breakGlassAccountIds: [id] }],
    ['POST', '/api/me/identities', { providerId: 1 }],
    ['POST', '/api/deletions', { incidentId: 1, confirm: '1', reason: 'x' }],
  ];
  for (const [method, path, body] of bodies) {
    const answer = await stranger.call(path, { method, body });
    const told = [path, answer.status, answer.text.includes('farsecret')];
    if (path === '/api/incidents/bulk') expect(answer.json.changed ?? []).toEqual([]);
    else expect(told).toEqual([path, expect.toSatisfy((status: number) => status >= 400 && status < 500), false]);
  }
  expect(await farRows()).toEqual(before);
});
