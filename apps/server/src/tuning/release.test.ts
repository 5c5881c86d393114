import { type Alert, makeAlert, makeEvidence } from '@throughline/model';
import { setAccountSources } from '@throughline/store';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { append } from '../pipeline/pipeline.fixture.ts';
import { type Browser, startTestServer, type TestServer } from '../testing/test-server.ts';

let server: TestServer;
let ada: Browser;
beforeAll(async () => {
  server = await startTestServer();
  ada = await server.signedIn('administrator', 'ada');
});
afterAll(() => server?.stop());

let made = 0;
/** A rule of its own detector that does this, and so many alerts it applies to, all on one device. */
async function ruled(action: 'hide' | 'resolve', count: number): Promise<{ rule: number; ids: string[] }> {
  const detectorId = `detector-${++made}`;
  const { json } = await post('/api/tuning-rules', {
    name: `rule ${made}`,
    action,
    conditions: { match: 'all', items: [{ property: 'detector', operator: 'equals', values: [detectorId] }] },
  });
  const alerts = Array.from(
    { length: count },
    (_, n): Alert =>
      makeAlert({
        id: `${detectorId}.${n}`,
        tenantId: 'default',
        providerAlertId: `${detectorId}.${n}`,
        title: 'Patch tool started',
        severity: 'medium',
        serviceSource: 'edr',
        detectorId,
        createdDateTime: new Date(Date.UTC(2026, 0, 1, 9, n)).toISOString(),
        evidence: [makeEvidence('deviceEvidence', { mdeDeviceId: detectorId, hostName: detectorId })],
      }),
  );
  await append(server.db, alerts);
  await server.pipeline.idle();
  return { rule: json.id, ids: alerts.map(({ id }) => id) };
}

const post = (path: string, body: object) => ada.call(path, { method: 'POST', body });
const get = async (path: string) => (await ada.call(path)).json;
const release = (rule: number, body: object = {}) => post(`/api/tuning-rules/${rule}/release`, body);
const listed = async (rule: number, tuned: string): Promise<string[]> =>
  (await get(`/api/alerts?tuningRule=${rule}&tuned=${tuned}`)).items.map(({ id }: { id: string }) => id).sort();
const queued = async (): Promise<number[]> =>
  (await get('/api/incidents?limit=200')).items.map(({ id }: { id: number }) => id);

test('one alert is released to an incident of its own, then all others with their group; each says who did it and why', async () => {
  const { rule, ids } = await ruled('hide', 4);
  const [one = '', ...others] = ids;
  expect(await listed(rule, 'hidden')).toEqual(ids);
  const group: number = (await get(`/api/alerts/${one}`)).incident.id;
  expect(await queued()).not.toContain(group);

  const first = await release(rule, { alertIds: [one], note: 'seen elsewhere' });
  expect(first).toMatchObject({ status: 200, json: { released: 1, remaining: 3 } });
  expect(await queued()).toContain(first.json.incidentId);
  expect(await listed(rule, 'released')).toEqual([one]);
  const { link } = await get(`/api/alerts/${one}`);
  expect(link.moved).toMatchObject({
    actor: { name: 'ada' },
    fromIncidentId: group,
    note: expect.stringMatching(/^released from tuning rule “rule \d+”\. seen elsewhere$/),
  });
  expect(link.sentence).toContain('tuning rule');

  expect((await release(rule)).json).toEqual({ released: 3, remaining: 0, incidentId: group });
  expect(await queued()).toContain(group);
  expect(await listed(rule, 'hidden')).toEqual([]);
  expect(await listed(rule, 'released')).toEqual(ids);
  expect(await get(`/api/incidents/${group}`)).toMatchObject({ kind: 'incident', status: 'active' });
  const { items: said } = await get(`/api/incidents/${group}/activity?limit=50`);
  expect(said.map(({ summary }: { summary: string }) => summary).join('\n')).toMatch(
    /3 alerts that were hidden came to the queue: released from tuning rule/,
  );
  const { items: journal } = await get(`/api/incidents/${group}/rearrangements`);
  expect(journal[0]).toMatchObject({ kind: 'release', alerts: 3 });
  expect((await post(`/api/rearrangements/${journal[0].id}/undo`, {})).status).toBe(409);
  const audited = (await get('/api/audit?action=tuning.release')).items[0];
  expect(audited).toMatchObject({ actor: { name: 'ada' }, target: { kind: 'tuningRule', id: String(rule) } });
  expect((await release(rule)).json.error.code).toBe('nothingToDo');
  expect(others).toHaveLength(3);
});

test('what a deleted rule hid is still there, and is released', async () => {
  const { rule, ids } = await ruled('hide', 2);
  expect((await ada.call(`/api/tuning-rules/${rule}`, { method: 'DELETE' })).status).toBe(204);
  expect(await listed(rule, 'hidden')).toEqual(ids);
  expect((await release(rule)).json).toMatchObject({ released: 2, remaining: 0 });
});

test('counts say what became of the alerts, by day, and the ledger how much of what was stored', async () => {
  const before = (await get('/api/ledger')).sources[0];
  const { rule: hides } = await ruled('hide', 3);
  const { rule: resolves, ids } = await ruled('resolve', 2);
  const { days, ...counts } = await get(`/api/tuning-rules/${hides}/matches`);
  expect(counts).toEqual({ hidden: 3, released: 0, resolved: 0 });
  expect([days.length, days.at(-1)]).toEqual([30, { date: new Date().toISOString().slice(0, 10), alerts: 3 }]);
  expect(await get(`/api/tuning-rules/${resolves}/matches`)).toMatchObject({ hidden: 0, resolved: 2 });
  expect(await listed(resolves, 'resolved')).toEqual(ids);
  const { sources, balanced } = await get('/api/ledger');
  expect(balanced).toBe(true);
  expect(sources[0]).toMatchObject({
    stored: before.stored + 5,
    hidden: before.hidden + 3,
    autoResolved: before.autoResolved + 2,
  });
});

test('who sees only some data sources neither reads counts nor releases', async () => {
  const { rule } = await ruled('hide', 1);
  const some = await server.signedIn('administrator', 'edronly');
  await setAccountSources(server.db, 'default', some.me.id, { mode: 'selected', sources: ['edr'] });
  expect((await some.call(`/api/tuning-rules/${rule}/matches`)).status).toBe(403);
  expect((await some.call(`/api/tuning-rules/${rule}/release`, { method: 'POST', body: {} })).status).toBe(403);
  expect((await get(`/api/tuning-rules/${rule}/matches`)).hidden).toBe(1);
});
