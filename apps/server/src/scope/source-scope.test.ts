import { inScope, sourcesFor } from '@throughline/access';
import { alertListQuery, type SourceLimit } from '@throughline/model';
import {
  connect,
  type Db,
  listAlerts,
  migrate,
  reachWithinScope,
  seenIncidents,
  type Viewer,
} from '@throughline/store';
import { freshDatabase } from '@throughline/store/testing';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Browser, startTestServer, type TestServer } from '../testing/test-server.ts';
import { addStory, type StoryAlert } from './scope-rows.fixture.ts';

const sources = ['edr', 'mail', 'suricata'];
const limit = fc.oneof(
  fc.constant(null),
  fc.record({
    mode: fc.constantFrom('selected' as const, 'allExcept' as const),
    sources: fc.subarray(sources, { minLength: 1 }),
  }),
);

describe('the condition in the database is the one of the room that decides', () => {
  let db: Db;
  let drop: () => Promise<void>;
  const stories = new Map<number, StoryAlert[]>();

  beforeAll(async () => {
    const fresh = await freshDatabase();
    await migrate(fresh.databaseUrl);
    db = connect(fresh.databaseUrl, { max: 2, log: { warn: () => {} } });
    drop = async () => {
      await db.destroy();
      await fresh.drop();
    };
    const drawn = fc.sample(
      fc.array(
        fc.record({
          groups: fc.subarray([0, 2, 3], { minLength: 0 }),
          source: fc.constantFrom(...sources),
        }),
        { minLength: 1, maxLength: 4 },
      ),
      { numRuns: 30, seed: 7 },
    );
    for (const [index, alerts] of drawn.entries()) {
      const incidentId = index + 1;
      const story = alerts.map(({ groups, source }, n) => ({
        id: `${incidentId}-${n}`,
        title: 'Alert',
        devices: [],
        groups: groups.length === 0 ? [-1] : groups,
        source,
      }));
      stories.set(incidentId, story);
      await addStory(db, { tenantId: 'default', incidentId, name: 'Story', alerts: story, author: 'ada' });
    }
  });
  afterAll(() => drop?.());

  test('for any assignments and device groups', async () => {
    const role = fc.record({
      builtIn: fc.constantFrom('securityReader' as const, 'securityOperator' as const),
      sources: limit,
    });
    const groups = fc.option(fc.subarray([-1, 0, 2, 3], { minLength: 1 }), { nil: null });
    const property = fc.asyncProperty(
      limit,
      fc.array(role, { maxLength: 3 }),
      groups,
      async (own, assigned, groups) => {
        const reached = sourcesFor({ role: 'reader', roleSources: own, assigned }, 'incidents.read');
        const viewer: Viewer = { tenantId: 'default', userName: 'ada', groups, sources: reached };
        const expected = [...stories.values()]
          .flat()
          .filter((alert) => inScope(viewer, { groups: alert.groups, source: alert.source ?? '' }));
        const page = await listAlerts(db, viewer, alertListQuery.parse({ limit: '200' }), () => '');
        expect(page.items.map(({ id }) => id).sort()).toEqual(expected.map(({ id }) => id).sort());
        const incidents = new Set(expected.map(({ id }) => Number(id.split('-')[0])));
        expect(await seenIncidents(db, viewer, [...stories.keys()])).toEqual(incidents);
      },
    );
    await fc.assert(property, { numRuns: 60 });
  });
});

test.each<[string, Pick<Viewer, 'groups' | 'sources'>, number[] | null, string[] | null, boolean]>([
  ['everything by who sees everything', { groups: null, sources: null }, null, null, true],
  ['all groups by who has one', { groups: [2], sources: null }, null, null, false],
  ['the own group', { groups: [2], sources: null }, [2], null, true],
  ['another group', { groups: [2], sources: null }, [2, 3], null, false],
  ['all sources by who has one', { groups: null, sources: only('edr') }, null, null, false],
  ['the own source', { groups: null, sources: only('edr') }, null, ['edr'], true],
  ['another source', { groups: null, sources: only('edr') }, null, ['mail'], false],
])('a rule about %s', (_, viewer, groups, of, within) => {
  expect(reachWithinScope(viewer, { groups, sources: of })).toBe(within);
});

function only(source: string): SourceLimit {
  return { mode: 'selected', sources: [source] };
}

describe('assignments for some sources', () => {
  let server: TestServer;
  let admin: Browser;
  let rita: Browser;
  const assign = (key: string, body: object) => admin.call(`/api/roles/${key}/assignees`, { method: 'POST', body });
  const own = (body: object, of = rita) => admin.call(`/api/account-sources/${of.me.id}`, { method: 'POST', body });
  const total = async () => (await rita.call('/api/incidents')).json.total;
  const nobody = { accountIds: [], userGroupIds: [] };

  beforeAll(async () => {
    server = await startTestServer();
    admin = await server.signedIn('administrator', 'ada');
    rita = await server.signedIn('reader', 'rita');
    for (const [index, source] of sources.entries()) {
      const alerts = [{ id: source, title: source, devices: [], groups: [-1], source }];
      await addStory(server.db, { tenantId: 'default', incidentId: index + 1, name: source, alerts, author: 'ada' });
    }
  });
  afterAll(() => server?.stop());

  test('add up to what somebody sees, and another permission reaches its own sources', async () => {
    expect(await total()).toBe(3);
    expect((await own({ mode: 'selected', sources: ['edr'] })).status).toBe(200);
    expect((await admin.call('/api/account-sources')).json.items).toEqual([
      { accountId: rita.me.id, sources: { mode: 'selected', sources: ['edr'] } },
    ]);
    expect(await total()).toBe(1);
    expect((await rita.call('/api/ledger')).json.error.code).toBe('beyondScope');
    expect((await rita.call('/api/me')).json.permissions).not.toContain('ledger.read');
    const people = { accountIds: [rita.me.id], userGroupIds: [] };
    const limited = [
      { ...people, sources: { mode: 'selected', sources: ['mail'] } },
      { ...people, sources: { mode: 'allExcept', sources: ['edr', 'mail'] } },
    ];
    const assigned = await assign('securityOperator', { ...nobody, limited });
    expect(assigned.json.limited).toEqual(expect.arrayContaining(limited));
    expect(await total()).toBe(3);
    const change = (id: number) => rita.call(`/api/incidents/${id}`, { method: 'PATCH', body: { severity: 'low' } });
    expect([(await change(2)).status, (await change(3)).status]).toEqual([200, 200]);
    // Read through the role of the account, changed by no role.
    expect([(await rita.call('/api/incidents/1')).status, (await change(1)).status]).toEqual([200, 404]);
    await assign('securityOperator', nobody);
    expect(await total()).toBe(1);
  });

  test('the explainer names the data source', async () => {
    const explain = async (incident: number) =>
      (await admin.call(`/api/access/explain?account=${rita.me.id}&incident=${incident}`)).json;
    expect(await explain(1)).toMatchObject({ visible: true, reason: 'sourceInScope', incidentSources: ['edr'] });
    const hidden = await explain(2);
    expect(hidden).toMatchObject({ reason: 'sourcesOutOfScope', sources: { mode: 'selected', sources: ['edr'] } });
    expect(hidden.sentence).toMatch(/^Not visible: because of the data source/);
  });

  test.each([
    [{ mode: 'selected', sources: [] }],
    [{ mode: 'all', sources: ['edr'] }],
    [{ mode: 'some', sources: ['edr'] }],
  ])('%o is refused', async (body) => {
    expect((await own(body)).status).toBe(400);
  });

  test('an administrator for all sources always stays, and nobody gives more sources than they have', async () => {
    const { items } = (await admin.call('/api/accounts')).json;
    const first = items.find(({ userName }: { userName: string }) => userName === 'admin');
    await admin.call(`/api/accounts/${first.id}`, { method: 'PATCH', body: { disabled: true } });
    const last = await own({ mode: 'selected', sources: ['edr'] }, admin);
    expect([last.status, last.json.error.code]).toEqual([409, 'lastUnscopedAdministrator']);
    const role = { name: 'Delegate', grants: ['authorization.read', 'authorization.manage'] };
    const { key } = (await admin.call('/api/roles', { method: 'POST', body: role })).json;
    await assign(key, { accountIds: [rita.me.id], userGroupIds: [] });
    const give = (scope: object) =>
      rita.call('/api/roles/securityReader/assignees', {
        method: 'POST',
        body: { ...nobody, limited: [{ accountIds: [rita.me.id], userGroupIds: [], sources: scope }] },
      });
    expect((await give({ mode: 'selected', sources: ['mail'] })).json.error.code).toBe('beyondOwnRights');
    const reach = await rita.call(`/api/account-sources/${rita.me.id}`, { method: 'POST', body: { mode: 'all' } });
    expect(reach.json.error.code).toBe('beyondOwnRights');
  });
});
