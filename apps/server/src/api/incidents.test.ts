import type { IncidentRow } from '@throughline/model';
import { createAcknowledgeLink, type Db, recordKey, saveRulePack, writeEvents } from '@throughline/store';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { z } from 'zod';
import { type Browser, startTestServer, type TestServer } from '../testing/test-server.ts';
import type { Route } from './route.ts';
import { apiRoutes } from './routes.ts';

let server: TestServer;
let admin: Browser;
let rows: IncidentRow[];
let addresses: Record<string, string>;
let headers: Record<string, Record<string, string>>;

beforeAll(async () => {
  server = await startTestServer();
  admin = await server.signedIn('administrator', 'ada');
  await admin.call('/api/demo', { method: 'POST' });
  await server.pipeline.idle();
  rows = (await admin.call('/api/incidents?sort=priority&limit=5')).json.items;
  const top = rows[0]?.id;
  const commented = await admin.call(`/api/incidents/${top}/comments`, { method: 'POST', body: { comment: 'Hello' } });
  const alerts = (await admin.call(`/api/incidents/${top}/alerts?limit=1`)).json.items;
  const [asset] = (await admin.call(`/api/incidents/${top}/assets`)).json;
  const rule = { name: 'High', severities: ['high'], recipients: ['bob@example.com'] };
  const made = await admin.call('/api/notifications/rules', { method: 'POST', body: rule });
  const provider = { name: 'Acme', issuer: 'https://sign-in.example', clientId: 'throughline' };
  const { json: signIn } = await admin.call('/api/sign-in/providers', { method: 'POST', body: provider });
  headers = { '/api/acknowledge': { 'x-acknowledge-token': await acknowledgeToken(server.db, Number(top)) } };
  const words = { match: 'all', items: [{ property: 'title', operator: 'contains', values: ['a quiet one'] }] };
  const quiet = { name: 'Quiet', action: 'hide', conditions: words };
  const { json: tuning } = await admin.call('/api/tuning-rules', { method: 'POST', body: quiet });
  const choices = { numbers: {}, restrictToDeviceGroups: false, exceptions: [] };
  const { json: preview } = await admin.call('/api/settings/correlation/preview', {
    method: 'POST',
    body: { choices },
  });
  const [source] = (await admin.call('/api/ledger')).json.sources;
  const key = recordKey(0, 'a line');
  const line = { key, time: 0, source: 'syslog', format: 'text' as const, text: 'a line', rows: [] };
  await writeEvents(server.hunting, 'default', [{ id: 1, receivedAt: new Date().toISOString(), records: [line] }]);
  const ruleText = 'title: Rule\nid: rule-1\nlogsource: { product: x }\ndetection: { s: { A: x }, condition: s }';
  const changer = { tenantId: 'default', by: 'test', now: new Date() };
  const rulePack = { name: 'test', version: '', licence: '', url: '' };
  await saveRulePack(server.db, changer, rulePack, [{ path: 'rule.yml', text: ruleText }]);
  addresses = {
    '/api/detections/{id}': '/api/detections/rule-1',
    '/api/device-groups/{id}/rules': '/api/device-groups/0/rules',
    '/api/settings/sources/{source}/deletion': `/api/settings/sources/${source.source}/deletion`,
    '/api/accounts/{id}/second-factors': `/api/accounts/${admin.me.id}/second-factors`,
    '/api/accounts/{id}/sessions': `/api/accounts/${admin.me.id}/sessions`,
    '/api/settings/retention/preview': '/api/settings/retention/preview?days=30',
    '/api/sign-in/providers/{id}/mappings': `/api/sign-in/providers/${signIn.id}/mappings`,
    '/api/access/explain': `/api/access/explain?account=${admin.me.id}&incident=${top}`,
    '/api/notifications/rules/{id}': `/api/notifications/rules/${made.json.id}`,
    '/api/incidents/{id}/split': `/api/incidents/${top}/split?entity=${encodeURIComponent(asset.id)}`,
    '/api/tuning-rules/{id}': `/api/tuning-rules/${tuning.id}`,
    '/api/tuning-rules/{id}/matches': `/api/tuning-rules/${tuning.id}/matches`,
    '/api/settings/correlation/subjects': '/api/settings/correlation/subjects?subject=product',
    '/api/settings/correlation/preview/{id}': `/api/settings/correlation/preview/${preview.id}`,
    '/api/events/raw/{key}': `/api/events/raw/${key}`,
    '/api/alerts/{id}': `/api/alerts/${alerts[0].id}`,
    '/api/comments/{id}/versions': `/api/comments/${commented.json.comment.id}/versions`,
  };
});
afterAll(() => server?.stop());

/** The token of a link that acknowledges an incident, as mails about its escalation carry it. */
async function acknowledgeToken(db: Db, incidentId: number): Promise<string> {
  const { rows } = await sql<{ id: number }>`
    insert into notification_escalation
      (tenant_id, rule_id, rule_name, policy_id, policy_name, steps, repeats, root_id, incident_id, started_at)
    values ('default', 1, 'High', 1, 'Night', '[]', 0, ${incidentId}, ${incidentId}, now()) returning id`.execute(db);
  const expiresAt = new Date(Date.now() + 3_600_000);
  return createAcknowledgeLink(db, 'default', Number(rows[0]?.id), { recipient: 'bob@example.com', expiresAt });
}

const readable = apiRoutes(() => {
  throw new Error('no document is made here');
}).filter(({ method, answer, path }) => method === 'get' && answer !== undefined && path !== '/api/openapi.json');

test.each(readable.map((route) => [route.path as string, route] as const))(
  '%s answers what it declares',
  async (path, route: Route) => {
    const address = addresses[path] ?? path.replace('{id}', String(rows[0]?.id));
    const answer = await admin.call(address, { headers: headers[path] ?? {} });
    expect(answer.status).toBe(200);
    const checked = (route.answer as z.ZodType).safeParse(answer.json);
    expect(checked.error?.issues ?? []).toEqual([]);
  },
);

test('pages follow each other without gap or overlap, and count exactly', async () => {
  const ids: number[] = [];
  let cursor: string | null = null;
  let total = 0;
  do {
    const query: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const { json } = await admin.call(`/api/incidents?kind=all&sort=severity&limit=7${query}`);
    ids.push(...json.items.map(({ id }: IncidentRow) => id));
    ({ next: cursor, total } = json);
  } while (cursor !== null);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.length).toBe(total);
});

test('a repeated parameter means any of', async () => {
  const { json } = await admin.call('/api/incidents?severity=high&severity=medium&limit=200');
  expect(new Set(json.items.map(({ severity }: IncidentRow) => severity))).toEqual(new Set(['high', 'medium']));
});

test('a change names its actor, before and after, in the log', async () => {
  const id = rows[0]?.id;
  const body = { status: 'inProgress', assignedTo: 'ada', customTags: ['finance'], comment: 'On it' };
  const changed = await admin.call(`/api/incidents/${id}`, { method: 'PATCH', body });
  expect(changed.json).toMatchObject({ status: 'inProgress', assignedTo: 'ada', customTags: ['finance'] });
  const { items } = (await admin.call(`/api/incidents/${id}/activity`)).json;
  expect(items).toContainEqual(
    expect.objectContaining({
      kind: 'statusChanged',
      actor: { kind: 'person', name: 'ada' },
      before: { status: 'active' },
      after: { status: 'inProgress' },
    }),
  );
  expect((await admin.call('/api/incidents?assignee=me')).json.items.map(({ id: one }: IncidentRow) => one)).toEqual([
    id,
  ]);
  expect((await admin.call('/api/tags')).json).toEqual(['finance']);
});

test('a bulk change says what changed and why the rest did not', async () => {
  const ids = [rows[1]?.id, rows[2]?.id, 2_000_000_000];
  const answer = await admin.call('/api/incidents/bulk', {
    method: 'POST',
    body: { ids, change: { assignedTo: 'ada' } },
  });
  expect(answer.json).toMatchObject({ changed: ids.slice(0, 2), failed: [{ id: 2_000_000_000 }] });
});

test('a classification that does not exist changes nothing and names the field', async () => {
  const id = rows[3]?.id;
  const body = { status: 'resolved', classification: 'nonsense' };
  const answer = await admin.call(`/api/incidents/${id}`, { method: 'PATCH', body });
  expect([answer.status, answer.json.error.target]).toEqual([400, 'classification']);
  expect((await admin.call(`/api/incidents/${id}`)).json.status).toBe('active');
});

test('a merged incident keeps its address: it points on, and refuses changes', async () => {
  const [into, from] = [rows[3], rows[4]];
  await server.db
    .updateTable('incident')
    .set({ status: 'redirected', redirect_to: into?.id ?? 0 })
    .where('id', '=', from?.id ?? 0)
    .execute();
  const merged = await admin.call(`/api/incidents/${from?.id}`);
  expect([merged.status, merged.json]).toMatchObject([
    200,
    { id: from?.id, displayName: from?.displayName, status: 'redirected', redirectIncidentId: into?.id },
  ]);
  const change = await admin.call(`/api/incidents/${from?.id}`, { method: 'PATCH', body: { status: 'resolved' } });
  expect([change.status, change.json.error.target]).toEqual([409, String(into?.id)]);
  const alerts = await admin.call(`/api/incidents/${from?.id}/alerts`);
  expect(alerts.json.items.every(({ incidentId }: { incidentId: number }) => incidentId === into?.id)).toBe(true);
});

test('the demo is loaded once', async () => {
  const again = await admin.call('/api/demo', { method: 'POST' });
  expect([again.status, again.json.error.code]).toEqual([409, 'demoLoaded']);
  expect((await admin.call('/api/first-run')).json).toMatchObject({ demoLoaded: true, hasAlerts: true });
});
