import type { RearrangementRequest } from '@throughline/model';
import { everything, requestRearrangement } from '@throughline/store';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { generateModelAlerts } from '../../../../e2e/generate-alerts.ts';
import { append } from '../pipeline/pipeline.fixture.ts';
import { startPipeline } from '../pipeline/pipeline.ts';
import { type Browser, startTestServer, type TestServer } from '../testing/test-server.ts';

let server: TestServer;
let ada: Browser;
const alerts = [...generateModelAlerts(160, { seed: 11 })];
const why = { reason: 'other' };

beforeAll(async () => {
  server = await startTestServer();
  ada = await server.signedIn('operator', 'ada');
  await append(server.db, alerts.slice(0, 120));
  await server.pipeline.idle();
});
afterAll(() => server?.stop());

const post = async (path: string, body: object = {}) => {
  const { status, json } = await ada.call(path, { method: 'POST', body });
  return { status, json };
};
const merge = (incidentIds: number[], more: object = {}) =>
  post('/api/incidents/merge', { incidentIds, ...why, ...more });
const move = (alertIds: string[], into: number | null) => post('/api/alerts/move', { alertIds, into, ...why });
const undo = (id: number) => post(`/api/rearrangements/${id}/undo`);
const get = async (path: string) => (await ada.call(path)).json;
const alertsOf = async (id: number): Promise<string[]> =>
  (await get(`/api/incidents/${id}/alerts?limit=200`)).items.map((alert: { id: string }) => alert.id).sort();
const patch = (id: number, body: object) => ada.call(`/api/incidents/${id}`, { method: 'PATCH', body });
/** Incidents that nothing was done to yet, the largest first. */
const fresh = async (count: number): Promise<number[]> => {
  const rows = await server.db
    .selectFrom('incident')
    .select('id')
    .where('redirect_to', 'is', null)
    .where('standing_version', '=', 0)
    .where('id', 'not in', (q) => q.selectFrom('rearrangement').select('from_id as id').where('effect', 'is not', null))
    .where('id', 'not in', (q) => q.selectFrom('rearrangement').select('into_id as id').where('effect', 'is not', null))
    .orderBy('alerts_total', 'desc')
    .limit(count)
    .execute();
  if (rows.length < count) throw new Error('too few incidents');
  return rows.map(({ id }) => id);
};

describe('merging', () => {
  test('takes alerts along; old ids lead on; comments keep their origin; undone later, and done again', async () => {
    const [a = 0, b = 0] = await fresh(2);
    const [ofA, ofB] = [await alertsOf(a), await alertsOf(b)];
    await ada.call(`/api/incidents/${b}/comments`, { method: 'POST', body: { comment: 'Seen at night' } });
    await patch(b, { tags: ['night'] });
    const { status, json } = await merge([a, b], { into: a });
    expect([status, json.incidentId, json.movedAlerts]).toEqual([200, a, ofB.length]);
    expect(await alertsOf(a)).toEqual([...ofA, ...ofB].sort());
    expect(await alertsOf(b)).toEqual(await alertsOf(a));
    expect(await get(`/api/incidents/${b}`)).toMatchObject({ status: 'redirected', redirectIncidentId: a });
    const { items } = await get(`/api/incidents/${a}/activity?limit=100`);
    const comment = items.find((entry: { comment: unknown }) => entry.comment !== null);
    expect(comment.incidentId).toBe(b);

    const journal = await get(`/api/incidents/${a}/rearrangements`);
    expect(journal.items[0]).toMatchObject({
      id: json.rearrangementIds[0],
      kind: 'merge',
      actor: { kind: 'person', name: 'ada' },
      reason: 'other',
      fromIncidentId: b,
      intoIncidentId: a,
      alerts: ofB.length,
      undoneBy: null,
    });
    const undone = await undo(json.rearrangementIds[0]);
    expect([undone.status, undone.json.movedAlerts]).toEqual([200, ofB.length]);
    expect([await alertsOf(a), await alertsOf(b)]).toEqual([ofA, ofB]);
    expect((await get(`/api/incidents/${b}`)).status).not.toBe('redirected');
    expect(await undo(json.rearrangementIds[0])).toMatchObject({
      status: 409,
      json: { error: { code: 'alreadyUndone' } },
    });
    const redone = await undo(undone.json.rearrangementIds[0]);
    expect(redone.status).toBe(200);
    expect(await alertsOf(a)).toEqual([...ofA, ...ofB].sort());
    expect((await undo(redone.json.rearrangementIds[0])).status).toBe(200);
    expect([await alertsOf(a), await alertsOf(b)]).toEqual([ofA, ofB]);
  });

  test.each([
    ['resolved', { status: 'resolved' }, {}],
    ['differentOwner', { assignedTo: 'ada' }, { assignedTo: 'bob' }],
    [
      'differentClassification',
      { classification: 'truePositive', determination: 'malware' },
      { classification: 'falsePositive', determination: 'notMalicious' },
    ],
  ])('is refused: %s', async (code, one, other) => {
    if (code === 'differentOwner') await server.signedIn('operator', 'bob');
    const [a = 0, b = 0] = await fresh(2);
    expect((await patch(a, one)).status).toBe(200);
    if (Object.keys(other).length > 0) expect((await patch(b, other)).status).toBe(200);
    const before = await alertsOf(a);
    expect(await merge([a, b])).toMatchObject({ status: 409, json: { error: { code } } });
    expect(await alertsOf(a)).toEqual(before);
  });

  test('is refused for what is not there, once merged away, or one alone', async () => {
    const [a = 0, b = 0, c = 0] = await fresh(3);
    expect((await merge([a, 2_000_000])).json.error.code).toBe('notFound');
    expect((await merge([a, a])).json.error.code).toBe('nothingToDo');
    expect((await merge([a, b], { into: a })).status).toBe(200);
    expect(await merge([b, c])).toMatchObject({ status: 409, json: { error: { code: 'redirected' } } });
    expect((await merge(Array.from({ length: 21 }, (_, index) => index + 1))).status).toBe(400);
  });
});

describe('moving', () => {
  test('to a new incident and back; the alert says who and why; moved meanwhile stays', async () => {
    const [a = 0, b = 0] = await fresh(2);
    const all = await alertsOf(a);
    const [one = '', two = ''] = all;
    const moved = await move([one, two], null);
    expect(moved.status).toBe(200);
    const n = moved.json.incidentId;
    expect(await alertsOf(n)).toEqual([one, two].sort());
    expect((await get(`/api/alerts/${encodeURIComponent(one)}`)).link.moved).toMatchObject({
      actor: { name: 'ada' },
      fromIncidentId: a,
      intoIncidentId: n,
      reason: 'other',
      undoing: false,
    });
    expect((await move([two], b)).status).toBe(200);
    const undone = await undo(moved.json.rearrangementIds[0]);
    expect(undone.json).toMatchObject({ movedAlerts: 1, keptAlerts: 1 });
    expect(await alertsOf(b)).toContain(two);
    expect(await alertsOf(a)).toEqual(all.filter((id) => id !== two));
    expect(await get(`/api/incidents/${n}`)).toMatchObject({ status: 'redirected', redirectIncidentId: a });
  });

  test('all alerts to another is a merge; all to a new one, and none at all, are refused', async () => {
    const [a = 0, b = 0] = await fresh(2);
    expect(await move(await alertsOf(a), null)).toMatchObject({
      status: 409,
      json: { error: { code: 'nothingLeft' } },
    });
    expect(await move(['nowhere'], b)).toMatchObject({ status: 404 });
    expect((await move(await alertsOf(a), b)).status).toBe(200);
    expect(await get(`/api/incidents/${a}`)).toMatchObject({ status: 'redirected', redirectIncidentId: b });
  });
});

test('correlation leaves apart what a person parted, after a restart too', async () => {
  const [a = 0] = await fresh(1);
  const all = await alertsOf(a);
  const moved = await move(all.slice(0, Math.ceil(all.length / 2)), null);
  expect(moved.status).toBe(200);
  const n: number = moved.json.incidentId;
  // A second process on the database: whichever is the writer, what it knows is what is stored.
  const log = { info: () => {}, warn: () => {}, error: () => {} };
  const second = await startPipeline({ db: server.db, log, clock: () => new Date() });
  const again = alerts
    .filter(({ id }) => all.includes(id))
    .map((alert) => ({ ...alert, id: `${alert.id}-again`, providerAlertId: `${alert.id}-again` }));
  await append(server.db, [...again, ...alerts.slice(120)]);
  await server.pipeline.idle();
  await second.stop();
  for (const id of [a, n]) expect((await get(`/api/incidents/${id}`)).status).not.toBe('redirected');
});

test('many at once are all answered, and whole', async () => {
  const ids = await fresh(6);
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, n) => {
      const [one = 0, other = 0] = [ids[n % ids.length], ids[(n * 5 + 1) % ids.length]];
      return n % 2 === 0 ? merge([one, other]) : undo(n + 1);
    }),
  );
  for (const { status } of answers) expect([200, 403, 404, 409]).toContain(status);
  expect(answers.some(({ status }) => status === 200)).toBe(true);
  const counted = await server.db
    .selectFrom('incident')
    .select(({ fn }) => fn.sum('alerts_total').as('n'))
    .executeTakeFirstOrThrow();
  const { n } = await server.db
    .selectFrom('alert')
    .select(({ fn }) => fn.countAll().as('n'))
    .executeTakeFirstOrThrow();
  expect(Number(counted.n)).toBe(Number(n));
});

test('what cannot be done for a reason nobody foresaw is answered and stops nothing', async () => {
  const [a = 0] = await fresh(1);
  const broken = { kind: 'merge', incidentIds: [a, 'x'], reason: 'other' } as unknown as RearrangementRequest;
  await requestRearrangement(server.db, everything('default'), { kind: 'person', name: 'ada' }, broken);
  expect((await move(['nowhere'], null)).status).toBe(404);
  const row = await server.db
    .selectFrom('rearrangement_request')
    .select(['state', 'answer'])
    .where('state', '=', 'refused')
    .orderBy('id', 'desc')
    .limit(2)
    .execute();
  expect(row.map(({ answer }) => (answer as { reason: string }).reason)).toContain('failed');
});
