import { roles } from '@throughline/model';
import { announce, createDeviceGroup, liveEventRange, setAccountSources } from '@throughline/store';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Route } from '../api/route.ts';
import { apiRoutes } from '../api/routes.ts';
import { type Answer, type Browser, startTestServer, type TestServer } from '../testing/test-server.ts';
import { addDevice, addStory, addUndoneMove } from './scope-rows.fixture.ts';

// What a person with device groups and data sources gets of each route they have the permission for:
// list: what they see, without an id. incident, alert, comment, rearrangement: by an id of that kind. rule: the same, swept in notify/rule-scope.test.ts. own: about themselves.
// whole: refused, since it concerns everything. public: asks nobody. A new route fails until it is written down here.
type Kind = 'incident' | 'alert' | 'comment' | 'rearrangement';
const matrix: Record<string, Kind | 'list' | 'rule' | 'own' | 'whole' | 'public'> = {
  'get /api/incidents': 'list',
  'post /api/incidents/merge': 'list',
  'post /api/alerts/move': 'list',
  'get /api/incidents/summary': 'list',
  'get /api/incidents/facets': 'list',
  'get /api/incidents/timeline': 'list',
  'get /api/incidents/export': 'list',
  'post /api/incidents/bulk': 'list',
  'get /api/incidents/{id}/split': 'incident',
  'get /api/incidents/{id}/rearrangements': 'incident',
  'post /api/rearrangements/{id}/undo': 'rearrangement',
  'get /api/incidents/{id}': 'incident',
  'patch /api/incidents/{id}': 'incident',
  'get /api/incidents/{id}/alerts': 'incident',
  'get /api/incidents/{id}/assets': 'incident',
  'get /api/incidents/{id}/evidence': 'incident',
  'get /api/incidents/{id}/activity': 'incident',
  'post /api/incidents/{id}/comments': 'incident',
  'patch /api/comments/{id}': 'comment',
  'get /api/comments/{id}/versions': 'comment',
  'get /api/tags': 'list',
  'get /api/assignees': 'list',
  'get /api/alerts': 'list',
  'get /api/alerts/{id}': 'alert',
  'patch /api/alerts/{id}': 'alert',
  'post /api/hunt': 'own',
  'post /v1.0/security/runHuntingQuery': 'own',
  'post /api/advancedhunting/run': 'own',
  'get /api/hunting/queries': 'own',
  'post /api/hunting/queries': 'own',
  'patch /api/hunting/queries/{id}': 'own',
  'delete /api/hunting/queries/{id}': 'own',
  'get /api/hunting/history': 'own',
  'get /api/events': 'list',
  'get /api/hunting/tables': 'list',
  'get /api/events/raw/{key}': 'list',
  'get /api/detections': 'whole',
  'get /api/detections/{id}': 'whole',
  'patch /api/detections/{id}': 'whole',
  'post /api/detections/{id}/exceptions': 'whole',
  'delete /api/detection-exceptions/{id}': 'whole',
  'get /api/settings/telemetry-retention': 'whole',
  'patch /api/settings/telemetry-retention': 'whole',
  'post /api/intake/{source}': 'whole',
  'get /api/ledger': 'whole',
  'get /api/ledger/clocks': 'whole',
  'get /api/settings/retention': 'whole',
  'get /api/settings/retention/preview': 'whole',
  'patch /api/settings/retention': 'whole',
  'get /api/deletions': 'whole',
  'post /api/deletions': 'whole',
  'get /api/demo/preview': 'whole',
  'post /api/settings/people/{id}/erasure': 'whole',
  'delete /api/demo': 'whole',
  'get /api/settings/sources/{source}/deletion': 'whole',
  'post /api/settings/sources/{source}/deletion': 'whole',
  'get /api/settings/correlation': 'whole',
  'patch /api/settings/correlation': 'whole',
  'get /api/settings/correlation/versions': 'whole',
  'get /api/settings/correlation/hubs': 'whole',
  'get /api/settings/correlation/subjects': 'whole',
  'post /api/settings/correlation/preview': 'whole',
  'get /api/settings/correlation/preview/{id}': 'whole',
  'delete /api/settings/correlation/preview/{id}': 'whole',
  'get /api/settings/general': 'whole',
  'patch /api/settings/general': 'whole',
  'get /api/settings/sources': 'whole',
  'patch /api/settings/sources/{source}': 'whole',
  'get /api/dead-letters': 'whole',
  'get /api/dead-letters/{id}/raw': 'whole',
  'post /api/dead-letters/{id}/replay': 'whole',
  'post /api/session': 'public',
  'post /api/session/link': 'public',
  'get /api/sign-in/ways': 'public',
  'get /api/sign-in/sso/callback': 'public',
  'get /api/sign-in/sso/{id}': 'public',
  'get /api/sign-in/providers': 'whole',
  'post /api/sign-in/providers': 'whole',
  'post /api/sign-in/providers/check': 'whole',
  'patch /api/sign-in/providers/{id}': 'whole',
  'delete /api/sign-in/providers/{id}': 'whole',
  'get /api/sign-in/providers/{id}/mappings': 'whole',
  'post /api/sign-in/providers/{id}/mappings': 'whole',
  'get /api/sign-in/policy': 'whole',
  'patch /api/sign-in/policy': 'whole',
  'get /api/me/identities': 'own',
  'post /api/me/identities': 'own',
  'delete /api/me/identities/{id}': 'own',
  'delete /api/session': 'own',
  'get /api/me': 'own',
  'get /api/organization': 'public',
  'post /api/me/password': 'own',
  'post /api/session/second-factor': 'public',
  'post /api/session/second-factor/passkey': 'public',
  'post /api/session/passkey/options': 'public',
  'post /api/session/passkey': 'public',
  'post /api/me/confirm': 'own',
  'post /api/me/confirm/passkey': 'own',
  'get /api/me/second-factors': 'own',
  'post /api/me/authenticator': 'own',
  'post /api/me/authenticator/confirm': 'own',
  'delete /api/me/authenticator': 'own',
  'post /api/me/recovery-codes': 'own',
  'post /api/me/passkeys/options': 'own',
  'post /api/me/passkeys': 'own',
  'patch /api/me/passkeys/{id}': 'own',
  'delete /api/me/passkeys/{id}': 'own',
  'get /api/me/sessions': 'own',
  'delete /api/me/sessions/{id}': 'own',
  'delete /api/me/sessions': 'own',
  'get /api/accounts/{id}/sessions': 'whole',
  'delete /api/accounts/{id}/sessions': 'whole',
  'delete /api/accounts/{id}/sessions/{sessionId}': 'whole',
  'get /api/accounts/{id}/second-factors': 'whole',
  'delete /api/accounts/{id}/second-factors': 'whole',
  'get /api/sign-in/second-factor': 'whole',
  'patch /api/sign-in/second-factor': 'whole',
  'get /api/accounts': 'whole',
  'post /api/accounts': 'whole',
  'patch /api/accounts/{id}': 'whole',
  'post /api/accounts/{id}/link': 'whole',
  'get /api/people': 'whole',
  'post /api/accounts/{id}/user-groups': 'whole',
  'post /api/invitations/open': 'public',
  'post /api/invitations/accept': 'public',
  'get /api/invitations': 'whole',
  'post /api/invitations': 'whole',
  'post /api/invitations/{id}/resend': 'whole',
  'delete /api/invitations/{id}': 'whole',
  'post /api/service-accounts': 'whole',
  'delete /api/service-accounts/{id}': 'whole',
  'post /api/service-accounts/{id}/tokens': 'whole',
  'post /api/service-tokens/{id}/replace': 'whole',
  'get /api/tokens/all': 'whole',
  'delete /api/tokens/all/{id}': 'whole',
  'get /api/tokens': 'own',
  'post /api/tokens': 'own',
  'delete /api/tokens/{id}': 'own',
  'get /api/device-groups': 'whole',
  'post /api/device-groups': 'whole',
  'post /api/device-groups/preview': 'whole',
  'patch /api/device-groups/{id}': 'whole',
  'delete /api/device-groups/{id}': 'whole',
  'get /api/device-groups/{id}/rules': 'whole',
  'get /api/access/settings': 'whole',
  'patch /api/access/settings': 'whole',
  'get /api/access/explain': 'whole',
  'get /api/user-groups': 'whole',
  'post /api/user-groups': 'whole',
  'patch /api/user-groups/{id}': 'whole',
  'delete /api/user-groups/{id}': 'whole',
  'get /api/account-sources': 'whole',
  'post /api/account-sources/{id}': 'whole',
  'get /api/roles': 'whole',
  'post /api/roles': 'whole',
  'patch /api/roles/{id}': 'whole',
  'delete /api/roles/{id}': 'whole',
  'post /api/roles/{key}/assignees': 'whole',
  'get /api/audit': 'whole',
  'get /api/audit/state': 'whole',
  'get /api/audit/verdict': 'whole',
  'get /api/audit/export': 'whole',
  'get /api/tuning-rules': 'list',
  'post /api/tuning-rules': 'list',
  'post /api/tuning-rules/preview': 'list',
  'get /api/tuning-rules/device-groups': 'list',
  'get /api/tuning-rules/{id}': 'rule',
  'get /api/tuning-rules/{id}/matches': 'rule',
  'post /api/tuning-rules/{id}/release': 'rule',
  'patch /api/tuning-rules/{id}': 'rule',
  'delete /api/tuning-rules/{id}': 'rule',
  'get /api/notifications/rules': 'list',
  'post /api/notifications/rules': 'list',
  'get /api/notifications/rules/{id}': 'rule',
  'patch /api/notifications/rules/{id}': 'rule',
  'delete /api/notifications/rules/{id}': 'rule',
  'post /api/notifications/preview': 'list',
  'get /api/notifications/sources': 'list',
  'get /api/notifications/device-groups': 'list',
  'get /api/notifications/emitters': 'list',
  'get /api/notifications/operations': 'whole',
  'get /api/notifications/mail-server': 'whole',
  'post /api/notifications/mail-server': 'whole',
  'delete /api/notifications/mail-server': 'whole',
  'post /api/notifications/test-mail': 'list',
  'get /api/notifications/webhooks': 'whole',
  'post /api/notifications/webhooks': 'whole',
  'patch /api/notifications/webhooks/{id}': 'whole',
  'delete /api/notifications/webhooks/{id}': 'whole',
  'post /api/notifications/webhooks/{id}/test': 'whole',
  'get /api/notifications/deliveries': 'whole',
  'post /api/notifications/deliveries/{id}/retry': 'whole',
  'get /api/notifications/policies': 'whole',
  'post /api/notifications/policies': 'whole',
  'patch /api/notifications/policies/{id}': 'whole',
  'delete /api/notifications/policies/{id}': 'whole',
  'get /api/notifications/schedules': 'whole',
  'post /api/notifications/schedules': 'whole',
  'patch /api/notifications/schedules/{id}': 'whole',
  'delete /api/notifications/schedules/{id}': 'whole',
  'get /api/notifications/digests': 'whole',
  'post /api/notifications/digests': 'whole',
  'patch /api/notifications/digests/{id}': 'whole',
  'delete /api/notifications/digests/{id}': 'whole',
  'post /api/notifications/digests/preview': 'whole',
  'post /api/notifications/digests/test': 'whole',
  'get /api/acknowledge': 'public',
  'post /api/acknowledge': 'public',
  'get /api/incidents/{id}/escalation': 'incident',
  'post /api/incidents/{id}/acknowledge': 'incident',
  'post /api/incidents/{id}/share': 'incident',
  'post /api/incidents/{id}/share/preview': 'incident',
  'get /api/health': 'public',
  'get /api/first-run': 'own',
  'post /api/demo': 'whole',
  'get /api/openapi.json': 'public',
  'get /api/docs': 'public',
  'get /api/docs.css': 'public',
};
const routes = apiRoutes(() => {
  throw new Error('no document is made here');
});
const nameOf = ({ method, path }: Route) => `${method} ${path}`;
const kindOf = (route: Route) => matrix[nameOf(route)];
const unknown = '2147483647';
const bodies: Record<string, unknown> = {
  'patch /api/incidents/{id}': { severity: 'low' },
  'post /api/incidents/{id}/comments': { comment: 'Hello' },
  'post /api/incidents/{id}/share': { to: ['bob@example.com'] },
  'post /api/incidents/{id}/share/preview': { note: 'Look' },
  'patch /api/comments/{id}': { comment: 'Other words' },
  'patch /api/alerts/{id}': { status: 'inProgress' },
};

/** What is asked of an id besides. */
const queries: Record<string, (id: string) => string> = {
  'get /api/incidents/{id}/split': (id) => `?entity=device%20dns:${id === '1' ? 'fin' : 'LABSECRET'}-pc.example.com`,
};

/** Routes that refuse what is seen: nothing waits there, or it was undone before. */
const refusing: Record<string, number> = {
  'post /api/incidents/{id}/acknowledge': 409,
  'post /api/rearrangements/{id}/undo': 409,
};

let server: TestServer;
const scoped = new Map<string, Browser>();
/** People without device groups who have their role for one data source only. */
const sourced = new Map<string, Browser>();
const unscoped = new Map<string, Browser>();
/** Ids by kind: of the person's scope, of another scope, of another tenant. */
const ids: Record<Kind, { own: string; others: string[] }> = {
  incident: { own: '1', others: ['2', '4', '90', '5', '6', unknown] },
  alert: { own: 'fin-1', others: ['lab-1', 'none-1', 'far-1', 'shared-lab', 'src-1', 'shared-src', unknown] },
  comment: { own: '', others: [] },
  rearrangement: { own: '', others: [] },
};

beforeAll(async () => {
  server = await startTestServer();
  const { db } = server;
  await db.insertInto('tenant').values({ id: 'far', name: 'Far' }).execute();
  for (const role of roles) {
    scoped.set(role, await server.signedIn(role, `fin-${role}`));
    sourced.set(role, await server.signedIn(role, `src-${role}`));
    unscoped.set(role, await server.signedIn(role, `all-${role}`));
  }
  const accountIds = [...scoped.values()].map(({ me }) => me.id);
  const one = { mode: 'selected', sources: ['suricata'] } as const;
  for (const { me } of [...scoped.values(), ...sourced.values()]) await setAccountSources(db, 'default', me.id, one);
  const who = { tenantId: 'default', by: 'test', now: new Date(), place: () => 0 };
  const group = (name: string, of: number[]) =>
    createDeviceGroup(db, who, {
      name,
      description: '',
      remediation: 'none',
      rule: { conditions: [{ property: 'name', operator: 'startsWith', values: [name] }] },
      accountIds: of,
      userGroupIds: [],
    });
  const fin = (await group('fin', accountIds)).id;
  const lab = (await group('lab', [])).id;
  const finDevice = await addDevice(db, 'default', 'fin-pc.example.com', fin);
  const labDevice = await addDevice(db, 'default', 'LABSECRET-pc.example.com', lab);
  const farDevice = await addDevice(db, 'far', 'FARSECRET-pc.example.com', 0);
  const story = (incidentId: number, name: string, alerts: Parameters<typeof addStory>[1]['alerts'], author: string) =>
    addStory(db, { tenantId: 'default', incidentId, name, alerts, author });
  const finAlert = (id: string) => ({ id, title: 'Finance', devices: [finDevice], groups: [fin] });
  const labAlert = (id: string) => ({ id, title: 'LABSECRET', devices: [labDevice], groups: [lab] });
  ids.comment.own = String(await story(1, 'Finance only', [finAlert('fin-1')], 'fin-operator'));
  const comments = [
    await story(2, 'LABSECRET only', [labAlert('lab-1')], 'fin-operator'),
    await story(
      4,
      'NODEVICESECRET',
      [{ id: 'none-1', title: 'NODEVICESECRET', devices: [], groups: [-1] }],
      'fin-operator',
    ),
    await addStory(db, {
      tenantId: 'far',
      incidentId: 90,
      name: 'FARSECRET',
      alerts: [{ id: 'far-1', title: 'FARSECRET', devices: [farDevice], groups: [0] }],
      author: 'fin-operator',
    }),
  ];
  const otherSource = (id: string) => ({ ...finAlert(id), title: 'SOURCESECRET', source: 'edrSECRET' });
  comments.push(
    await story(5, 'SOURCESECRET only', [otherSource('src-1')], 'fin-operator'),
    // One alert is of the source, another on a device of the group: no alert is both.
    await story(6, 'HALFSECRET', [labAlert('half-lab'), otherSource('half-src')], 'fin-operator'),
  );
  const shared = [finAlert('shared-fin'), labAlert('shared-lab'), otherSource('shared-src')];
  await story(3, 'Shared', shared, 'all-operator');
  ids.comment.others = [...comments.map(String), unknown];
  const rearranged = (tenantId: string, alertId: string) => addUndoneMove(db, tenantId, alertId).then(String);
  ids.rearrangement.own = await rearranged('default', 'fin-1');
  for (const id of ['lab-1', 'none-1']) ids.rearrangement.others.push(await rearranged('default', id));
  ids.rearrangement.others.push(await rearranged('far', 'far-1'), await rearranged('default', 'src-1'), unknown);
});
afterAll(() => server?.stop());

const secrets = /SECRET|lab-1|none-1|far-1|shared-lab|src-1|shared-src|half-/;
const told = ({ status, json }: Answer, id: string) => [
  status,
  JSON.stringify(json?.error ?? null, (key, value) => (key === 'requestId' ? '' : value)).replaceAll(id, 'ID'),
];

test('the matrix names every route, and no other', () => {
  expect(routes.map(nameOf).sort()).toEqual(Object.keys(matrix).sort());
  for (const route of routes) {
    if (kindOf(route) !== 'public')
      expect([nameOf(route), route.scoped ?? false]).toEqual([nameOf(route), kindOf(route) !== 'whole']);
  }
});

describe.each(routes.filter((route) => kindOf(route) === 'whole').map((route) => [nameOf(route), route] as const))(
  '%s',
  (_, route) => {
    test.each(roles)('refuses a %s with device groups', async (role) => {
      const path = route.path.replace(/\{\w+\}/, '1');
      const init = { method: route.method.toUpperCase(), ...(route.body === undefined ? {} : { body: {} }) };
      const answer = await scoped.get(role)?.call(path, init);
      expect(answer?.status).toBe(403);
      expect(answer?.json.error.code).toMatch(/^(beyondScope|forbidden)$/);
      expect((await sourced.get(role)?.call(path, init))?.status).toBe(403);
    });
  },
);

const byId = routes.filter((route) => ['incident', 'alert', 'comment', 'rearrangement'].includes(kindOf(route) ?? ''));
describe.each(byId.map((route) => [nameOf(route), route] as const))('%s', (name, route) => {
  const kind = kindOf(route) as Kind;
  const init = { method: route.method.toUpperCase(), ...(name in bodies ? { body: bodies[name] } : {}) };
  const call = (browser: Browser | undefined, id: string) =>
    browser?.call(`${route.path.replace('{id}', id)}${queries[name]?.(id) ?? ''}`, init) as Promise<Answer>;

  test.each(roles)('%s: the own answers; any other is as unknown', async (role) => {
    const browser = scoped.get(role);
    const own = await call(browser, ids[kind].own);
    const mayCall = route.access === 'incidents.read' || role !== 'reader';
    // Only its author edits a comment.
    const refused =
      kind === 'comment' && route.method === 'patch' && role === 'administrator'
        ? 409
        : route.answer === undefined
          ? 204
          : 200;
    expect(own.status).toBe(mayCall ? (refusing[name] ?? route.status ?? refused) : 403);
    expect(own.text).not.toMatch(secrets);
    const answers = await Promise.all(ids[kind].others.map(async (id) => told(await call(browser, id), id)));
    expect(new Set(answers.map(String)).size).toBe(1);
    expect(answers[0]?.[0]).toBe(mayCall ? 404 : 403);
  });

  test.each(roles)('%s with one source: its alerts answer; any other is as unknown', async (role) => {
    const browser = sourced.get(role);
    const mayCall = route.access === 'incidents.read' || role !== 'reader';
    // Only its author edits a comment.
    const refused = kind === 'comment' && route.method === 'patch' ? 409 : route.answer === undefined ? 204 : 200;
    const [lab = '', , far = ''] = ids[kind].others;
    expect((await call(browser, lab)).status).toBe(mayCall ? (refusing[name] ?? route.status ?? refused) : 403);
    const source = kind === 'incident' ? '5' : kind === 'alert' ? 'src-1' : ids[kind].others[3];
    const answers = [source ?? '', far, unknown].map(async (id) => told(await call(browser, id), id));
    expect(new Set((await Promise.all(answers)).map(String)).size).toBe(1);
    expect((await answers[0])?.[0]).toBe(mayCall ? 404 : 403);
  });

  test('who sees everything sees the other scope, and not the other tenant', async () => {
    const browser = unscoped.get('operator');
    const [other = '', , far = ''] = ids[kind].others;
    expect((await call(browser, other)).status).not.toBe(404);
    expect((await call(browser, far)).status).toBe(404);
  });
});

test.each(['alerts', 'assets', 'evidence', 'activity', ''])(
  'a shared incident shows its own part: %s',
  async (part) => {
    const answer = await scoped.get('reader')?.call(`/api/incidents/3/${part}`.replace(/\/$/, ''));
    expect(answer?.status).toBe(200);
    expect(answer?.text).not.toMatch(secrets);
    if (part === '')
      expect(answer?.json).toMatchObject({ alertsTotal: 1, scope: { devices: 1 }, counts: { alerts: 1, devices: 1 } });
  },
);

const asked = [
  '/api/incidents?kind=all&limit=200',
  '/api/incidents?q=secret',
  '/api/incidents?q=%232',
  '/api/incidents?entity=LABSECRET-pc.example.com',
  '/api/incidents?rule=rule%20of%20LABSECRET',
  '/api/incidents?osPlatform=LABSECRET',
  '/api/incidents/facets?kind=all',
  '/api/incidents/export?kind=all',
  '/api/tags',
  '/api/alerts?limit=200',
  '/api/alerts?incident=2',
  '/api/alerts?entity=LABSECRET-pc.example.com',
  '/api/alerts?q=LABSECRET',
];
test.each(asked)('%s tells nothing of others', async (path) => {
  const answer = await scoped.get('administrator')?.call(path);
  expect(answer?.status).toBe(200);
  expect(answer?.text).not.toMatch(secrets);
  expect((await unscoped.get('reader')?.call(path))?.text).not.toMatch(/FARSECRET|far-1/);
});

test('counts are of what is seen', async () => {
  const of = async (browser: Browser | undefined, path: string) => (await browser?.call(path))?.json;
  expect((await of(scoped.get('reader'), '/api/incidents')).total).toBe(2);
  expect((await of(unscoped.get('reader'), '/api/incidents')).total).toBe(6);
  expect((await of(sourced.get('reader'), '/api/incidents')).total).toBe(5);
  expect((await of(scoped.get('reader'), '/api/alerts')).total).toBe(2);
  expect((await of(scoped.get('reader'), '/api/incidents/summary')).open).toBe(2);
  expect((await of(scoped.get('reader'), '/api/incidents?entity=LABSECRET-pc.example.com')).total).toBe(0);
  const hours: { incidents: number; alerts: number }[] = (await of(scoped.get('reader'), '/api/incidents/timeline'))
    .buckets;
  expect(hours.reduce((sum, { incidents }) => sum + incidents, 0)).toBe(2);
  expect(hours.reduce((sum, { alerts }) => sum + alerts, 0)).toBe(2);
});

test('one change to many changes the own ones only, and alerts of others stay', async () => {
  const body = { ids: [2, 3, 90, 5, 6], change: { status: 'resolved' } };
  const answer = await scoped.get('operator')?.call('/api/incidents/bulk', { method: 'POST', body });
  expect(answer?.json.changed).toEqual([3]);
  expect(answer?.json.failed.map(({ id }: { id: number }) => id)).toEqual([2, 90, 5, 6]);
  const { items } = (await unscoped.get('reader')?.call('/api/incidents/3/alerts'))?.json ?? {};
  const status = Object.fromEntries(items.map((item: { id: string; status: string }) => [item.id, item.status]));
  expect(status).toEqual({ 'shared-fin': 'resolved', 'shared-lab': 'new', 'shared-src': 'new' });
});

test('who does not see all of an incident rearranges none of it', async () => {
  const ask = async (path: string, body: object) => {
    const answer = await scoped.get('operator')?.call(path, { method: 'POST', body: { reason: 'other', ...body } });
    expect(answer?.text.replace(/no alert [\w-]+/, '')).not.toMatch(secrets);
    return [answer?.status, answer?.json.error.code];
  };
  expect(await ask('/api/incidents/merge', { incidentIds: [1, 3] })).toEqual([403, 'beyondScope']);
  for (const unseen of [2, 4, 90, 5, 6, 2147483647]) {
    expect(await ask('/api/incidents/merge', { incidentIds: [1, unseen] })).toEqual([404, 'notFound']);
  }
  for (const [from, into] of [
    ['half-lab', 1],
    ['far-1', null],
    ['fin-1', 2],
    ['fin-1', 90],
  ]) {
    expect(await ask('/api/alerts/move', { alertIds: [from], into })).toEqual([404, 'notFound']);
  }
  expect(await ask('/api/alerts/move', { alertIds: ['fin-1'], into: 3 })).toEqual([403, 'beyondScope']);
});

test('a reason names nothing that is not seen, and all of it to who sees everything', async () => {
  const link = async (browser: Browser | undefined) => (await browser?.call('/api/alerts/fin-1'))?.json.link;
  expect(await link(scoped.get('reader'))).toMatchObject({ terms: [], refusals: [], score: 1.5 });
  expect(await link(unscoped.get('reader'))).toMatchObject({
    terms: [{ entity: { name: 'LABSECRET-pc' } }, { alertId: 'lab-1' }],
    refusals: [{ incidentId: 2 }],
  });
});

test('live events tell of what is seen', async () => {
  const { newest } = await liveEventRange(server.db);
  await announce(server.db, 'far', [{ type: 'incident.updated', incidentId: 90, kind: 'incident' }]);
  const updates = [2, 4, 5, 6, 1, 3].map(
    (incidentId) => ({ type: 'incident.updated', incidentId, kind: 'incident' }) as const,
  );
  await announce(server.db, 'default', updates);
  const hear = async (browser: Browser | undefined) => {
    const headers = { cookie: browser?.cookie ?? '' };
    const { body } = await fetch(`${server.url}/api/events?lastEventId=${newest}`, { headers });
    let text = '';
    for await (const chunk of body ?? []) {
      text += Buffer.from(chunk).toString();
      if (text.includes('"incidentId":3')) break;
    }
    return [...text.matchAll(/"incidentId":(\d+)/g)].map(([, id]) => Number(id));
  };
  expect(await hear(scoped.get('reader'))).toEqual([1, 3]);
  expect(await hear(unscoped.get('reader'))).toEqual([2, 4, 5, 6, 1, 3]);
  expect(await hear(sourced.get('reader'))).toEqual([2, 4, 6, 1, 3]);
});

test('a token sees what its owner sees', async () => {
  const made = await scoped
    .get('reader')
    ?.call('/api/tokens', { method: 'POST', body: { name: 't', scopes: ['read'] } });
  const token = made?.json.token;
  expect((await server.call('/api/incidents', { token })).json.total).toBe(2);
  expect((await server.call('/api/incidents/2', { token })).status).toBe(404);
  expect((await server.call('/api/ledger', { token })).status).toBe(403);
});

test('the explainer says what the queue does', async () => {
  const admin = unscoped.get('administrator');
  for (const browser of [...scoped.values(), ...sourced.values(), ...unscoped.values()]) {
    for (const incident of [1, 2, 3, 4, 5, 6, 90, 2147483647]) {
      const answer = await admin?.call(`/api/access/explain?account=${browser.me.id}&incident=${incident}`);
      const seen = (await browser.call(`/api/incidents/${incident}`)).status === 200;
      expect([browser.me.userName, incident, answer?.json.visible]).toEqual([browser.me.userName, incident, seen]);
    }
  }
});

test('the setting shows alerts without devices to people with device groups', async () => {
  const change = (scopedSeeDeviceless: boolean) =>
    unscoped.get('administrator')?.call('/api/access/settings', { method: 'PATCH', body: { scopedSeeDeviceless } });
  await change(true);
  expect((await scoped.get('reader')?.call('/api/incidents/4'))?.status).toBe(200);
  expect((await scoped.get('reader')?.call('/api/incidents/2'))?.status).toBe(404);
  await change(false);
  expect((await scoped.get('reader')?.call('/api/incidents/4'))?.status).toBe(404);
});
