import { createDeviceGroup } from '@throughline/store';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addDevice, addStory } from '../scope/scope-rows.fixture.ts';
import { type Browser, startTestServer, type TestServer } from '../testing/test-server.ts';
import { eventually } from './notify.fixture.ts';

let server: TestServer;
/** Who sees everything, who sees finance, who sees the laboratory. */
let admin: Browser;
let fin: Browser;
let lab: Browser;
const groups = { fin: 0, lab: 0 };

beforeAll(async () => {
  server = await startTestServer();
  admin = await server.signedIn('administrator', 'everybody');
  fin = await server.signedIn('administrator', 'finance');
  lab = await server.signedIn('administrator', 'laboratory');
  for (const [name, who] of [
    ['fin', fin],
    ['lab', lab],
  ] as const) {
    const { id } = await createDeviceGroup(server.db, changer(), {
      name,
      description: '',
      remediation: 'none',
      rule: { conditions: [{ property: 'name', operator: 'startsWith', values: [name] }] },
      accountIds: [who.me.id],
      userGroupIds: [],
    });
    groups[name] = id;
  }
  const device = await addDevice(server.db, 'default', 'LABSECRET-pc.example.com', groups.lab);
  await addStory(server.db, {
    tenantId: 'default',
    incidentId: 1,
    name: 'LABSECRET',
    author: 'x',
    alerts: [{ id: 'lab-1', title: 'LABSECRET', devices: [device], groups: [groups.lab] }],
  });
});
afterAll(() => server?.stop());

const changer = () => ({ tenantId: 'default', by: 'test', now: new Date(), place: () => 0 });
const body = (more: object) => ({ severities: ['high'], recipients: ['a@example.com'], ...more });
const make = async (browser: Browser, more: object) =>
  browser.call('/api/notifications/rules', { method: 'POST', body: body(more) });
const names = async (browser: Browser): Promise<string[]> =>
  (await browser.call('/api/notifications/rules')).json.items.map(({ name }: { name: string }) => name);

describe('two administrators with device groups', () => {
  test('make, see and change rules about their own groups only', async () => {
    const own = await make(fin, { name: 'fin', deviceGroups: [groups.fin] });
    const other = await make(lab, { name: 'lab', deviceGroups: [groups.lab] });
    const both = await make(admin, { name: 'both', deviceGroups: [groups.fin, groups.lab] });
    const all = await make(admin, { name: 'all' });
    expect([own.status, other.status, both.status, all.status]).toEqual([201, 201, 201, 201]);
    expect(await names(admin)).toEqual(['all', 'both', 'fin', 'lab']);
    expect(await names(fin)).toEqual(['fin']);
    expect(await names(lab)).toEqual(['lab']);
    const never = '2147483647';
    for (const [method, send] of [
      ['GET', undefined],
      ['PATCH', { enabled: false }],
      ['DELETE', undefined],
    ] as const) {
      const call = (id: string) =>
        fin.call(`/api/notifications/rules/${id}`, { method, ...(send === undefined ? {} : { body: send }) });
      const answers = await Promise.all(
        [other.json.id, both.json.id, all.json.id, never].map((id) => call(String(id))),
      );
      expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
      expect(new Set(answers.map(({ json }) => json.error.message)).size).toBe(1);
    }
    expect(await names(admin)).toEqual(['all', 'both', 'fin', 'lab']);
    const renamed = await fin.call(`/api/notifications/rules/${own.json.id}`, {
      method: 'PATCH',
      body: { name: 'mine' },
    });
    expect(renamed.json).toMatchObject({ name: 'mine', stopped: null });
  });

  test.each([
    ['all groups', () => ({})],
    ['another group', () => ({ deviceGroups: [groups.lab] })],
    ['one more than the own', () => ({ deviceGroups: [groups.fin, groups.lab] })],
    ['a group that is not there', () => ({ deviceGroups: [2_147_483_647] })],
    ['alerts without devices', () => ({ deviceGroups: [-1] })],
    ['the server', () => ({ kind: 'operations', operations: watching })],
    ['threat reports', () => ({ kind: 'report', report: { changes: 'all', types: null, tags: null } })],
    ['a webhook', () => ({ deviceGroups: [groups.fin], webhooks: [1] })],
    ['an escalation', () => ({ deviceGroups: [groups.fin], policyId: 1 })],
  ])('make no rule about %s, and no preview', async (_, more) => {
    const made = await make(fin, { name: 'beyond', ...more() });
    expect([made.status, made.json.error.code]).toEqual([403, 'beyondScope']);
    if ('webhooks' in more() || 'policyId' in more()) return;
    const preview = await fin.call('/api/notifications/preview', {
      method: 'POST',
      body: body({ name: 'beyond', ...more() }),
    });
    expect(preview.status).toBe(403);
    expect(preview.text).not.toContain('LABSECRET');
  });

  test('choose among their own groups; sources and previews are of what they see', async () => {
    const choices = async (browser: Browser) => (await browser.call('/api/notifications/device-groups')).json;
    expect(await choices(fin)).toEqual({ items: [{ id: groups.fin, name: 'fin' }], all: false });
    expect((await choices(admin)).items.map(({ name }: { name: string }) => name)).toContain('lab');
    expect((await fin.call('/api/notifications/sources')).json.items).toEqual([]);
    expect((await lab.call('/api/notifications/sources')).json.items).toHaveLength(1);
    const preview = await fin.call('/api/notifications/preview', {
      method: 'POST',
      body: body({ name: 'x', deviceGroups: [groups.fin] }),
    });
    expect(preview.json.incidents).toBe(0);
    expect(preview.text).not.toContain('LABSECRET');
  });

  test('see nothing of the server’s state', async () => {
    expect((await fin.call('/api/notifications/operations')).status).toBe(403);
    const seen = (await admin.call('/api/notifications/operations')).json;
    expect(seen).toMatchObject({ databaseElsewhere: true, disk: null });
  });
});

const watching = {
  sourceSilent: null,
  ledgerUnbalanced: { minutes: 5 },
  diskLow: null,
  jobFailing: null,
  deadLetters: null,
};

test('an administrator without a scope is refused a group that is not there', async () => {
  const made = await make(admin, { name: 'nowhere', deviceGroups: [2_147_483_647] });
  expect([made.status, made.json.error.code]).toEqual([404, 'noSuchGroup']);
});

test.each([
  ['an incident rule without severities', { severities: [] }],
  [
    'an operations rule that watches nothing',
    { kind: 'operations', operations: { ...watching, ledgerUnbalanced: null } },
  ],
  ['an action rule without actions', { kind: 'action' }],
  ['an incident rule with actions', { action: { sources: ['manual'], types: null, statuses: ['failed'] } }],
  [
    'a report rule for a group',
    { kind: 'report', report: { changes: 'all', types: null, tags: null }, deviceGroups: [0] },
  ],
])('%s is refused', async (_, more) => {
  expect((await make(admin, { name: 'odd', ...more })).status).toBe(400);
});

test('(13) a rule is stopped, visibly, once its author sees less; who may takes it over', async () => {
  const made = await make(fin, { name: 'reach', deviceGroups: [groups.fin] });
  const read = async () => (await admin.call(`/api/notifications/rules/${made.json.id}`)).json;
  expect((await read()).stopped).toBeNull();
  await server.db
    .updateTable('device_group_access')
    .set({ device_group_id: groups.lab })
    .where('account_id', '=', fin.me.id)
    .execute();
  expect((await read()).stopped).toBe('authorScope');
  const device = await addDevice(server.db, 'default', 'fin-pc.example.com', groups.fin);
  await addStory(server.db, {
    tenantId: 'default',
    incidentId: 50,
    name: 'Finance',
    author: 'x',
    alerts: [{ id: 'fin-9', title: 'Finance', devices: [device], groups: [groups.fin] }],
  });
  await eventually(async () => (await read()).counts.stopped > 0);
  expect((await read()).lastNoticeDateTime).toBeNull();
  await server.db.updateTable('account').set({ disabled: true }).where('id', '=', fin.me.id).execute();
  expect((await read()).stopped).toBe('authorDisabled');
  await admin.call(`/api/notifications/rules/${made.json.id}`, { method: 'PATCH', body: { enabled: true } });
  expect((await read()).stopped).toBeNull();
});

test('a deleted device group leaves the rules; a rule about nothing else goes, and the log says so', async () => {
  const { id } = await createDeviceGroup(server.db, changer(), {
    name: 'gone',
    description: '',
    remediation: 'none',
    rule: { conditions: [{ property: 'name', operator: 'startsWith', values: ['gone'] }] },
    accountIds: [],
    userGroupIds: [],
  });
  const keeps = await make(admin, { name: 'keeps', deviceGroups: [groups.lab, id] });
  const goes = await make(admin, { name: 'goes', deviceGroups: [id] });
  expect((await admin.call(`/api/device-groups/${id}/rules`)).json).toEqual({ lose: 1, removed: 1 });
  expect((await admin.call(`/api/device-groups/${id}`, { method: 'DELETE' })).status).toBe(204);
  expect((await admin.call(`/api/notifications/rules/${keeps.json.id}`)).json.deviceGroups).toEqual([groups.lab]);
  expect((await admin.call(`/api/notifications/rules/${goes.json.id}`)).status).toBe(404);
  const targets = (await admin.call('/api/audit?action=deviceGroup.change&limit=50')).text;
  for (const { json } of [keeps, goes]) {
    expect(targets).toContain(JSON.stringify({ notificationRule: { id: json.id, name: json.name } }).slice(1, -1));
  }
});
