import { demoExpectation } from '@throughline/content/demo';
import { type Db, previewChoice, readLedger } from '@throughline/store';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Browser, startTestServer, type TestServer } from '../testing/test-server.ts';

let server: TestServer;
let db: Db;
let mira: Browser;
const tenantId = 'default';

beforeAll(async () => {
  server = await startTestServer();
  db = server.db;
  mira = await server.signedIn('administrator', 'mira');
}, 60_000);
afterAll(() => server?.stop());

const one = async <T>(query: ReturnType<typeof sql>) => (await query.execute(db)).rows[0] as T;
const done = async () => {
  await expect
    .poll(async () => (await mira.call('/api/deletions')).json.items[0], { timeout: 20_000 })
    .toMatchObject({ endedDateTime: expect.any(String) });
  await server.pipeline.idle();
  return (await mira.call('/api/deletions')).json.items[0];
};
const loadDemo = async () => {
  const answer = await mira.call('/api/demo', { method: 'POST' });
  await server.pipeline.idle();
  return answer;
};
/** An alert of our own that joins the demo attack: same device and user as its alerts. */
const sendOwn = async (count: number) => {
  const token = await server.token('operator', ['intake']);
  const { doc } = await one<{ doc: { evidence: unknown[] } }>(sql`
    select a.doc from alert a where a.source = 'graph' and a.incident_id = (
      select id from incident order by alerts_total desc limit 1) order by a.last_activity desc limit 1`);
  const at = new Date().toISOString();
  for (let n = 0; n < count; n++) {
    const alert = {
      id: `own-${n}`,
      '@odata.type': '#microsoft.graph.security.alert',
      title: `Our own finding ${n}`,
      severity: 'high',
      serviceSource: 'microsoftDefenderForEndpoint',
      createdDateTime: at,
      firstActivityDateTime: at,
      lastActivityDateTime: at,
      evidence: doc.evidence,
    };
    await server.call('/api/intake/graph', { method: 'POST', token, body: JSON.stringify(alert) });
  }
  await server.pipeline.idle();
};

/** Incidents whose counts, entities, times or facts are not what their alerts say. */
const wrong = async () =>
  (
    await sql`
    select i.id, i.alerts_total, count(a.seq) as n from incident i
    left join alert a on a.tenant_id = i.tenant_id and a.incident_id = i.id
    where i.redirect_to is null group by i.id, i.alerts_total
    having i.alerts_total <> count(a.seq)
    union all
    select k.incident_id, k.alerts_total, count(a.seq) from incident_entity k
    left join alert_entity ae on ae.entity_n = k.entity_n
    left join alert a on a.seq = ae.alert_seq and a.incident_id = k.incident_id
    group by k.incident_id, k.entity_n, k.alerts_total having k.alerts_total <> count(a.seq)
    union all
    select 0, l.stored - l.deleted, (select count(*) from alert a where a.source = l.source) from ledger l
    where l.source <> 'windowsEvent' and l.stored - l.deleted <> (select count(*) from alert a where a.source = l.source)`.execute(
      db,
    )
  ).rows;

describe('the demo', { concurrent: false }, () => {
  test('is wiped whole, is counted before, and can be loaded again', async () => {
    expect((await loadDemo()).status).toBe(202);
    const preview = (await mira.call('/api/demo/preview')).json;
    const all = demoExpectation.attackAlerts + demoExpectation.backgroundAlerts;
    expect(preview).toMatchObject({ alerts: all, incidentsKept: 0 });
    expect((await mira.call('/api/demo', { method: 'DELETE' })).status).toBe(202);
    expect(await done()).toMatchObject({ kind: 'demo', alerts: all, incidents: preview.incidents, alertsWaiting: 0 });
    expect((await mira.call('/api/first-run')).json).toMatchObject({ demoLoaded: false, hasAlerts: false });
    for (const table of ['alert', 'incident', 'entity', 'alert_entity', 'incident_entity', 'activity', 'device']) {
      expect([table, await one(sql`select count(*) as n from ${sql.table(table)}`)]).toEqual([table, { n: 0 }]);
    }
    expect((await mira.call('/api/demo', { method: 'DELETE' })).status).toBe(404);
    expect((await loadDemo()).status).toBe(202);
    expect((await mira.call('/api/first-run')).json).toMatchObject({ demoLoaded: true });
  });

  test('leaves alerts of our own that joined it, in an incident that says only what they say', async () => {
    await sendOwn(3);
    const preview = (await mira.call('/api/demo/preview')).json;
    expect(preview.incidentsKept).toBeGreaterThan(0);
    await mira.call('/api/demo', { method: 'DELETE' });
    await done();
    const { rows } = await sql<{ title: string; incident_id: number }>`
      select title, incident_id from alert order by seq`.execute(db);
    expect(rows.map(({ title }) => title)).toEqual([0, 1, 2].map((n) => `Our own finding ${n}`));
    expect(await wrong()).toEqual([]);
    const list = (await mira.call('/api/incidents?limit=50')).json.items;
    expect(list.length).toBe(new Set(rows.map(({ incident_id }) => incident_id)).size);
    const facts = JSON.stringify((await sql`select facts, detection_sources from incident`.execute(db)).rows);
    expect(facts).not.toMatch(/suricata|wazuh|elastic/i);
    const balance = await readLedger(db, tenantId);
    expect(balance.balanced).toBe(true);
  });
});

describe('a source', { concurrent: false }, () => {
  const path = (source: string) => `/api/settings/sources/${source}/deletion`;

  test('needs its name and a reason', async () => {
    await loadDemo();
    for (const body of [{ confirm: 'wazuh', reason: 'x' }, { confirm: 'elastic', reason: ' ' }, { reason: 'x' }]) {
      expect((await mira.call(path('elastic'), { method: 'POST', body })).status).toBe(400);
    }
    const nobody = { confirm: 'nobody', reason: 'x' };
    expect((await mira.call(path('nobody'), { method: 'POST', body: nobody })).status).toBe(404);
  });

  test('all of it goes, mixed incidents stay without it, and the ledger says how many', async () => {
    const token = await server.token('operator', ['intake']);
    await server.call('/api/intake/elastic', { method: 'POST', token, body: '{"broken' });
    const preview = (await mira.call(path('elastic'))).json;
    expect(preview.alerts).toBeGreaterThan(0);
    expect(preview.incidentsKept).toBeGreaterThan(0);
    expect(preview.letters).toBe(1);
    const before = await one<{ n: number }>(sql`select count(*) as n from alert where source <> 'elastic'`);
    const started = await mira.call(path('elastic'), {
      method: 'POST',
      body: { confirm: 'elastic', reason: 'Retired' },
    });
    expect(started.status).toBe(202);
    expect(await done()).toMatchObject({ kind: 'source', source: 'elastic', alerts: preview.alerts, letters: 1 });
    expect(await previewChoice(db, tenantId, { kind: 'source', source: 'elastic' })).toMatchObject({
      alerts: 0,
      letters: 0,
    });
    expect(await one(sql`select count(*) as n from alert`)).toEqual(before);
    expect(await wrong()).toEqual([]);
    const ledger = (await mira.call('/api/ledger')).json;
    expect(ledger.balanced).toBe(true);
    const row = ledger.sources.find(({ source }: { source: string }) => source === 'elastic');
    expect(row).toMatchObject({ deleted: row.stored });
    const { items } = (await mira.call('/api/audit?action=data.delete')).json;
    expect(items[0]).toMatchObject({ actor: { name: 'mira' }, outcome: 'done' });
    expect(items[0].details.after).toMatchObject({ source: 'elastic', reason: 'Retired', alerts: preview.alerts });
  });
});
