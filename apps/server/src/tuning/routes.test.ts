import { createDeviceGroup, setAccountSources } from '@throughline/store';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addDevice, addStory } from '../scope/scope-rows.fixture.ts';
import { type Browser, startTestServer, type TestServer } from '../testing/test-server.ts';

let server: TestServer;
/** Who sees everything, and who sees one device group. */
let admin: Browser;
let fin: Browser;
let group: number;
let labGroup: number;

beforeAll(async () => {
  server = await startTestServer();
  admin = await server.signedIn('administrator', 'everybody');
  fin = await server.signedIn('administrator', 'finance');
  const make = async (name: string, accountIds: number[]) =>
    (
      await createDeviceGroup(
        server.db,
        { tenantId: 'default', by: 'test', now: new Date(), place: () => 0 },
        {
          name,
          description: '',
          remediation: 'none',
          rule: { conditions: [{ property: 'name', operator: 'startsWith', values: [name] }] },
          accountIds,
          userGroupIds: [],
        },
      )
    ).id;
  group = await make('fin', [fin.me.id]);
  labGroup = await make('lab', []);
  const device = await addDevice(server.db, 'default', 'LABSECRET-pc.example.com', labGroup);
  await addStory(server.db, {
    tenantId: 'default',
    incidentId: 1,
    name: 'LABSECRET',
    author: 'x',
    alerts: [{ id: 'lab-1', title: 'LABSECRET', devices: [device], groups: [labGroup] }],
  });
});
afterAll(() => server?.stop());

const title = (value: string) => ({
  match: 'all',
  items: [{ property: 'title', operator: 'contains', values: [value] }],
});
const body = (more: object = {}) => ({ name: 'quiet', action: 'hide', conditions: title('labsecret'), ...more });
const post = (browser: Browser, more: object, path = '') =>
  browser.call(`/api/tuning-rules${path}`, { method: 'POST', body: body(more) });

test('a rule is made, listed, changed by versions, and removed, each in the audit log', async () => {
  const made = await post(admin, { comment: 'why' });
  expect([made.status, made.json]).toMatchObject([
    201,
    { version: 1, enabled: true, matched: 0, stopped: null, createdBy: 'everybody' },
  ]);
  const path = `/api/tuning-rules/${made.json.id}`;
  const changed = await admin.call(path, { method: 'PATCH', body: { enabled: false } });
  expect(changed.json).toMatchObject({ version: 2, enabled: false, comment: 'why' });
  expect((await admin.call('/api/tuning-rules')).json.items).toMatchObject([{ id: made.json.id }]);
  expect((await post(admin, {})).json.error).toMatchObject({ code: 'nameTaken', target: 'name' });
  expect((await admin.call(path, { method: 'DELETE' })).status).toBe(204);
  expect((await admin.call(path)).status).toBe(404);
  const { json } = await admin.call('/api/audit?action=tuning.change');
  expect(json.items.map(({ outcome }: { outcome: string }) => outcome).sort()).toEqual([
    'done',
    'done',
    'done',
    'refused',
  ]);
});

test('a rule that has ended says so', async () => {
  const { json } = await post(admin, { name: 'ended', expiresDateTime: '2020-01-01T00:00:00Z' });
  expect(json.stopped).toBe('expired');
});

test('a preview tells what it would have done, and only what the caller sees', async () => {
  const seen = await post(admin, {}, '/preview');
  expect(seen.json).toMatchObject({ complete: true, samples: expect.any(Array) });
  const own = await post(fin, { deviceGroups: [group] }, '/preview');
  expect(own.status).toBe(200);
  expect(own.text).not.toContain('LABSECRET');
});

describe('a person with device groups', () => {
  test('sees and changes rules about their own groups only', async () => {
    const own = await post(fin, { name: 'own', deviceGroups: [group] });
    const all = await post(admin, { name: 'all' });
    expect(own.status).toBe(201);
    const { items } = (await fin.call('/api/tuning-rules')).json;
    expect(items.map(({ name }: { name: string }) => name)).toEqual(['own']);
    for (const [method, send] of [
      ['GET', undefined],
      ['PATCH', { enabled: false }],
      ['DELETE', undefined],
    ] as const) {
      const path = `/api/tuning-rules/${all.json.id}`;
      expect((await fin.call(path, { method, ...(send && { body: send }) })).status).toBe(404);
    }
    const path = `/api/tuning-rules/${own.json.id}`;
    const widened = await fin.call(path, { method: 'PATCH', body: { deviceGroups: null } });
    expect(widened.json.error.code).toBe('beyondScope');
  });

  test.each([
    ['all groups', () => ({})],
    ['another group', () => ({ deviceGroups: [labGroup] })],
  ])('makes none about %s', async (_, more) => {
    expect((await post(fin, { name: 'beyond', ...more() })).json.error.code).toBe('beyondScope');
  });
});

test('who sees only some data sources makes and sees none', async () => {
  const some = await server.signedIn('administrator', 'somesources');
  await setAccountSources(server.db, 'default', some.me.id, {
    mode: 'selected',
    sources: ['edr'],
  });
  expect((await some.call('/api/tuning-rules')).status).toBe(403);
  expect((await post(some, { name: 'x' })).status).toBe(403);
});

test.each([
  ['no condition for any alert type', { conditions: { match: 'all', items: [] } }],
  [
    'a network that is none',
    {
      conditions: { match: 'all', items: [{ property: 'ip.address', operator: 'inNetwork', values: ['10.0.0.0/99'] }] },
    },
  ],
  [
    'a network of titles',
    { conditions: { match: 'all', items: [{ property: 'title', operator: 'inNetwork', values: ['10.0.0.0/8'] }] } },
  ],
  ['a trigger without a condition', { trigger: 'file' }],
  ['a determination of another classification', { classification: 'truePositive', determination: 'confirmedActivity' }],
  [
    'four levels',
    { conditions: { match: 'all', items: [{ match: 'any', items: [{ match: 'all', items: [title('x')] }] }] } },
  ],
  [
    '51 conditions',
    {
      conditions: {
        match: 'all',
        items: [0, 1].map((n) => ({ match: 'any', items: Array(26 - n).fill(title('x').items[0]) })),
      },
    },
  ],
])('%s is refused', async (_, more) => {
  expect((await post(admin, { name: 'bad', ...more })).status).toBe(400);
});
