import { randomBytes } from 'node:crypto';
import { alertDetail, alertListQuery, alertPage, makeEvidence } from '@throughline/model';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Db } from '../database.ts';
import { getAlert } from './alert-detail.ts';
import { listAlerts } from './alert-list.ts';
import { addAlert, addEntity, addIncident, at, mention, openStore } from './seed-rows.fixture.ts';
import { everything } from './viewer.ts';

let db: Db;
let close: () => Promise<void>;
const sentence = ({ kind, score }: { kind: string; score: number }) => `${kind} with ${score}`;

beforeAll(async () => {
  ({ db, close } = await openStore());
  await addIncident(db, 1, { display_name: 'First' });
  await addIncident(db, 2, { display_name: 'Second' });
  await addIncident(db, 3, { status: 'redirected', redirect_to: 2 });
  const seq = await addAlert(db, 1, 'a1', {
    title: 'Beacon to 100% evil_host',
    severity: 'high',
    status: 'inProgress',
    assignedTo: 'mira',
    serviceSource: 'suricata',
    detectionSource: 'ids',
    category: 'Command and control',
    tactics: ['commandAndControl'],
    classification: 'truePositive',
    determination: 'malware',
    productName: 'Sensor',
    detectorId: 'sid:1',
    alertPolicyId: 'p1',
    lastActivityDateTime: at(30),
    firstActivityDateTime: at(1),
  });
  await addAlert(
    db,
    2,
    'a2',
    {
      title: 'Logon from a new country',
      severity: 'low',
      assignedTo: 'tom',
      serviceSource: 'entra',
      detectionSource: 'identity',
      category: 'Initial access',
      tactics: ['initialAccess'],
      productName: 'Directory',
      detectorId: 'rule-2',
      lastActivityDateTime: at(10),
      firstActivityDateTime: at(2),
    },
    { origin_incident_id: 3 },
  );
  await addAlert(db, 2, 'a3', { lastActivityDateTime: at(5) });
  const host = await addEntity(db, 'device', 'web-1', ['dns:web-1.example.com']);
  await addEntity(db, 'device', 'web-one', ['host~web-one'], host);
  const address = await addEntity(db, 'ip', '203.0.113.5', ['ip:203.0.113.5']);
  await mention(db, { seq, incidentId: 1 }, { n: host, kind: 'device' }, 1, ['attacked']);
  await mention(db, { seq, incidentId: 1 }, { n: address, kind: 'ip' }, 0, ['attacker']);
});
afterAll(() => close());

const list = (query: Record<string, unknown>) =>
  listAlerts(
    db,
    { ...everything('default'), userName: 'mira' },
    alertListQuery.parse({ sort: 'title', dir: 'asc', ...query }),

    sentence,
  );

describe('listAlerts', () => {
  it.each<[string, Record<string, unknown>, string[]]>([
    ['nothing', {}, ['a3', 'a1', 'a2']],
    ['title', { q: 'NEW country' }, ['a2']],
    ['title with wildcards', { q: '100% evil_' }, ['a1']],
    ['title that would match as a pattern', { q: 'a_ert' }, []],
    ['id', { q: 'a2' }, ['a2']],
    ['id at the source', { q: 'provider-a3' }, ['a3']],
    ['injection', { q: "' or 1=1 --" }, []],
    ['unicode', { q: '🦊' }, []],
    ['status', { status: 'inProgress' }, ['a1']],
    ['severity', { severity: ['high', 'low'] }, ['a1', 'a2']],
    ['me', { assignee: 'me' }, ['a1']],
    ['assignee', { assignee: ['tom', 'unassigned'] }, ['a3', 'a2']],
    ['service source', { serviceSource: 'entra' }, ['a2']],
    ['detection source', { detectionSource: 'ids' }, ['a1']],
    ['category', { category: 'Initial access' }, ['a2']],
    ['tactic', { tactic: ['commandAndControl'] }, ['a1']],
    ['classification', { classification: 'truePositive' }, ['a1']],
    ['determination', { determination: 'malware' }, ['a1']],
    ['entity', { entity: 'WEB-1' }, ['a1']],
    ['entity by the name of an identity that was absorbed', { entity: 'web-one' }, ['a1']],
    ['product', { product: 'Directory' }, ['a2']],
    ['rule', { rule: 'rule-2' }, ['a2']],
    ['policy', { rule: 'p1' }, ['a1']],
    ['incident', { incident: 2 }, ['a3', 'a2']],
    ['incident that was merged', { incident: '3' }, ['a3', 'a2']],
    ['incident that is none', { incident: '99999999999' }, []],
    ['from', { from: at(10) }, ['a1', 'a2']],
    ['to', { to: at(10) }, ['a3']],
  ])('%s', async (_name, query, expected) => {
    const page = await list(query);
    expect(page.items.map(({ id }) => id)).toEqual(expected);
    expect(page.total).toBe(expected.length);
    expect(alertPage.parse(page)).toEqual(page);
  });

  it('tells the reason, the assets and the incident of each row', async () => {
    const { items } = await list({ q: 'a1' });
    expect(items).toMatchObject([
      {
        incidentName: 'First',
        assets: [{ kind: 'device', id: 'device dns:web-1.example.com', name: 'web-1' }],
        link: { kind: 'joined', sentence: 'joined with 1.5', incidentId: 1, originIncidentId: 1 },
      },
    ]);
    expect((await list({ q: 'a2' })).items[0]?.link).toMatchObject({ incidentId: 2, originIncidentId: 3 });
  });

  it.each(['lastActivity', 'firstActivity', 'created', 'severity', 'title'])('pages by %s', async (sort) => {
    for (const dir of ['asc', 'desc']) {
      const whole = await list({ sort, dir });
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await list({ sort, dir, limit: 1, ...(cursor && { cursor }) });
        seen.push(...page.items.map(({ id }) => id));
        cursor = page.next ?? undefined;
      } while (cursor);
      expect(seen).toEqual(whole.items.map(({ id }) => id));
    }
  });

  it('finds an alert that has more traits than an index entry holds', async () => {
    const evidence = Array.from({ length: 100 }, () =>
      makeEvidence('deviceEvidence', { osPlatform: randomBytes(60).toString('hex') }),
    );
    await addAlert(db, 1, 'many', { evidence, alertPolicyId: 'p-many' });
    expect((await list({ rule: 'p-many' })).items.map(({ id }) => id)).toEqual(['many']);
    await db.deleteFrom('alert').where('id', '=', 'many').execute();
  });

  it('refuses NUL and foreign cursors', async () => {
    await expect(list({ q: '\0' })).rejects.toMatchObject({ code: 'invalid', target: 'q' });
    await expect(list({ cursor: 'AAAA' })).rejects.toMatchObject({ code: 'invalid', target: 'cursor' });
  });
});

describe('getAlert', () => {
  it('gives the alert in full: what people changed stands over the document', async () => {
    await db
      .updateTable('alert')
      .set({ status: 'resolved', resolved_at: at(50) })
      .where('id', '=', 'a1')
      .execute();
    const detail = await getAlert(db, everything('default'), 'a1', sentence);
    expect(alertDetail.parse(detail)).toEqual(detail);
    expect(detail).toMatchObject({
      alert: { id: 'a1', status: 'resolved', resolvedDateTime: at(50), title: 'Beacon to 100% evil_host' },
      incident: { id: 1, displayName: 'First' },
      link: { sentence: 'joined with 1.5' },
      entities: [
        { kind: 'ip', name: '203.0.113.5', roles: ['attacker'] },
        { kind: 'device', name: 'web-1', roles: ['attacked'] },
      ],
    });
  });

  it('knows what is not there', async () => {
    expect(await getAlert(db, everything('default'), 'nope', sentence)).toBeNull();
    expect(await getAlert(db, everything('default'), 'a\0', sentence)).toBeNull();
    expect(await getAlert(db, everything('other'), 'a1', sentence)).toBeNull();
  });
});
