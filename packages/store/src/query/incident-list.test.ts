import {
  type IncidentListQuery,
  incidentListQuery,
  incidentPage,
  incidentSorts,
  makeEvidence,
} from '@throughline/model';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Db } from '../database.ts';
import { listIncidents } from './incident-list.ts';
import { QueryError } from './query-error.ts';
import { addAlert, addEntity, addIncident, at, mention, openStore } from './seed-rows.fixture.ts';
import { everything } from './viewer.ts';

let db: Db;
let close: () => Promise<void>;
beforeAll(async () => {
  ({ db, close } = await openStore());
});
afterAll(() => close());

const mira = (tenantId: string) => ({ ...everything(tenantId), userName: 'mira' });
const list = (query: Record<string, unknown>, tenantId = 'default') =>
  listIncidents(db, mira(tenantId), incidentListQuery.parse({ sort: 'id', dir: 'asc', limit: 200, ...query }));
const idsOf = async (query: Record<string, unknown>) => (await list(query)).items.map(({ id }) => id);

describe('filters', () => {
  beforeAll(async () => {
    await addIncident(db, 1, {
      display_name: 'Phishing of 100% "all_staff" \\ crème brûlée 🦊',
      severity: 4,
      status: 'inProgress',
      classification: 'truePositive',
      determination: 'phishing',
      assigned_to: 'mira',
      custom_tags: ["o'brien", 'vip'],
      system_tags: ['Critical asset'],
      priority_score: 90,
      tactic_mask: 4,
      service_sources: ['suricata', 'wazuh'],
      detection_sources: ['ids', 'siem'],
      categories: ['Initial access', 'x'.repeat(5000)],
      products: ['Sensor'],
      device_groups: [0, 7],
      threats: ['Emotet'],
      updated_at: at(60),
    });
    await addIncident(db, 2, {
      display_name: 'Malware on dc-01',
      severity: 1,
      assigned_to: 'tom',
      custom_tags: ['lab'],
      priority_score: 10,
      tactic_mask: 8,
      service_sources: ['elastic'],
      detection_sources: ['edr'],
      categories: ['Execution'],
      products: ['Endgame'],
      threats: ['Mimikatz'],
      updated_at: at(10),
    });
    await addIncident(db, 3, { display_name: 'Noise', kind: 'background', status: 'resolved', updated_at: at(5) });
    await addIncident(db, 4, { display_name: 'Merged away', status: 'redirected', redirect_to: 1 });
    await addIncident(db, 1001, { display_name: 'Other 1', updated_at: at(1) });
    const device = makeEvidence('deviceEvidence', { osPlatform: 'Windows11' });
    const first = await addAlert(db, 1, 'a1', {
      severity: 'high',
      investigationState: 'running',
      detectorId: 'sid:2001',
      alertPolicyId: 'policy-7',
      evidence: [device],
    });
    const second = await addAlert(db, 2, 'a2', {
      severity: 'low',
      investigationState: 'queued',
      detectorId: 'sid:2002',
      alertPolicyId: 'policy-8',
      evidence: [makeEvidence('deviceEvidence', { osPlatform: 'Linux' })],
    });
    const host = await addEntity(db, 'device', 'FIN-WS-07', ['dns:fin-ws-07.example.com', 'host~fin-ws-07']);
    const old = await addEntity(db, 'device', 'Old name', ['mde:abc123'], host);
    const user = await addEntity(db, 'user', "Mira O'Neil_%", ['upn:mira@example.com']);
    expect(old).toBeGreaterThan(host);
    await mention(db, { seq: first, incidentId: 1 }, { n: host, kind: 'device' });
    await mention(db, { seq: second, incidentId: 2 }, { n: user, kind: 'user' });
    const file = await addEntity(db, 'file', 'evil.exe', ['sha1:00ff']);
    await mention(db, { seq: second, incidentId: 2 }, { n: file, kind: 'file' });
    await db.insertInto('tenant').values({ id: 'other', name: 'Other' }).execute();
    await addIncident(db, 1, { tenant_id: 'other', display_name: 'Phishing elsewhere' });
  });

  it.each<[string, Record<string, unknown>, number[]]>([
    ['nothing', {}, [1, 2, 1001]],
    ['background', { kind: 'background' }, [3]],
    ['both kinds', { kind: 'all' }, [1, 2, 3, 1001]],
    ['status', { status: 'inProgress' }, [1]],
    ['several statuses', { status: ['inProgress', 'active'] }, [1, 2, 1001]],
    ['redirected, asked for', { status: 'redirected' }, [4]],
    ['severity', { severity: ['high', 'medium'] }, [1]],
    ['severity of an alert', { alertSeverity: 'high' }, [1]],
    ['assignee', { assignee: 'tom' }, [2]],
    ['me', { assignee: 'me' }, [1]],
    ['unassigned', { assignee: 'unassigned' }, [1001]],
    ['unassigned or somebody', { assignee: ['unassigned', 'tom'] }, [2, 1001]],
    ['service source', { serviceSource: ['wazuh', 'none'] }, [1]],
    ['detection source', { detectionSource: 'edr' }, [2]],
    ['multiple sources', { multipleSources: 'true' }, [1]],
    ['one source at most', { multipleSources: 'false' }, [2, 1001]],
    ['tactic', { tactic: ['initialAccess', 'impact'] }, [1]],
    ['category', { category: 'Execution' }, [2]],
    ['a word longer than an index entry', { category: 'x'.repeat(200) }, []],
    ['multiple categories', { multipleCategories: 'true' }, [1]],
    ['threat', { threat: 'Emotet' }, [1]],
    ['entity by name, any case', { entity: 'fin-WS-07' }, [1]],
    ['entity by key with scheme', { entity: 'upn:mira@example.com' }, [2]],
    ['entity by key without scheme', { entity: 'MIRA@example.com' }, [2]],
    ['entity by id', { entity: 'device dns:fin-ws-07.example.com' }, [1]],
    ['entity by the key of an identity it absorbed', { entity: 'abc123' }, [1]],
    ['entity by a pattern, which is none', { entity: 'fin%' }, []],
    ['device group', { deviceGroup: '7' }, [1]],
    ['device group or no device', { deviceGroup: ['7', '-1'] }, [1, 2, 1001]],
    ['a device group that is not there', { deviceGroup: '8' }, []],
    ['operating system', { osPlatform: ['Linux'] }, [2]],
    ['classification', { classification: 'truePositive' }, [1]],
    ['determination', { determination: 'phishing' }, [1]],
    ['investigation state', { investigationState: 'running' }, [1]],
    ['product', { product: 'Endgame' }, [2]],
    ['rule', { rule: 'sid:2001' }, [1]],
    ['policy', { rule: 'policy-8' }, [2]],
    ['custom tag with a quote', { tag: "o'brien" }, [1]],
    ['system tag', { tag: 'Critical asset' }, [1]],
    ['from', { from: at(10) }, [1, 2]],
    ['to', { to: at(10) }, [1001]],
    ['from, in another zone', { from: '2026-03-01T09:10:00+01:00' }, [1, 2]],
    ['priority', { minPriority: '20' }, [1, 1001]],
    ['search by name', { q: 'PHISHING' }, [1]],
    ['search by id', { q: '2' }, [2]],
    ['search by id, also in a name', { q: '#1001' }, [1001]],
    ['a number in a name and an id', { q: '1' }, [1, 2, 1001]],
    ['search by part of an asset name', { q: 'ws-0' }, [1]],
    ['search by the beginning of a key', { q: 'mira@exa' }, [2]],
    ['search by the end of a key', { q: 'example.com' }, []],
    ['search does not find by artefact', { q: 'evil.exe' }, []],
    ['blank search', { q: '   ' }, [1, 2, 1001]],
    ['search that finds nothing', { q: 'nowhere' }, []],
    ['a percent sign', { q: '100%' }, [1]],
    ['a percent sign alone', { q: '%' }, [1, 2]],
    ['an underscore', { q: 'all_staff' }, [1]],
    ['an underscore is no wildcard', { q: 'd_-01' }, []],
    ['a backslash', { q: '\\' }, [1]],
    ['a quote', { q: '"all_' }, [1]],
    ['a single quote', { q: "O'Neil_%" }, [2]],
    ['unicode', { q: 'brûlée 🦊' }, [1]],
    ['an injection', { q: "'; drop table incident; --" }, []],
    ['a huge number', { q: '9999999999' }, []],
    ['a lone surrogate', { q: '\ud800' }, []],
    ['search and filter together', { q: 'phishing', severity: 'low' }, []],
  ])('%s', async (_name, query, expected) => {
    const page = await list(query);
    expect(page.items.map(({ id }) => id)).toEqual(expected);
    expect(page.total).toBe(expected.length);
    expect(incidentPage.parse(page)).toEqual(page);
  });

  it('counts the background groups under the same filter', async () => {
    expect(await list({ q: 'o' })).toMatchObject({ backgroundTotal: 1 });
    expect(await list({ status: 'active' })).toMatchObject({ total: 2, backgroundTotal: 0 });
  });

  it('sees one tenant only', async () => {
    expect((await list({ q: 'phishing' }, 'other')).items).toMatchObject([{ displayName: 'Phishing elsewhere' }]);
    expect((await list({ entity: 'FIN-WS-07' }, 'other')).items).toEqual([]);
  });

  it.each(['q', 'entity', 'assignee', 'tag', 'category', 'rule', 'osPlatform', 'threat', 'product', 'serviceSource'])(
    'refuses NUL in %s and names it',
    async (target) => {
      const refused = list({ [target]: 'a\0b' });
      await expect(refused).rejects.toBeInstanceOf(QueryError);
      await expect(refused).rejects.toMatchObject({ code: 'invalid', target });
    },
  );

  it.each(['entity', 'assignee', 'tag', 'category', 'rule', 'osPlatform', 'threat', 'product', 'detectionSource'])(
    'takes hostile text in %s as text',
    async (name) => {
      for (const text of ["'", '"', '\\', '%', '_', '{a,b}', '\ud800', '🦊', '$1', 'x'.repeat(200)]) {
        expect(await idsOf({ [name]: text })).toEqual([]);
      }
    },
  );
});

describe('paging', () => {
  const query = (sort: string, dir: string, limit: number, cursor?: string): IncidentListQuery =>
    incidentListQuery.parse({ sort, dir, limit, kind: 'all', ...(cursor && { cursor }) });

  it('gives every row once, in order, also while rows are inserted', async () => {
    await db.insertInto('tenant').values({ id: 'paging', name: 'Paging' }).execute();
    let made = 0;
    const add = (value: number) =>
      addIncident(db, ++made, {
        tenant_id: 'paging',
        display_name: `Näme ${'🦊'.repeat(90)} ${value}`.slice(value % 3),
        severity: value % 5,
        priority_score: value * 10,
        alerts_total: value,
        last_activity: at(value),
        updated_at: at(value),
        created_at: at(made),
      });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(9), { minLength: 1, maxLength: 12 }),
        fc.array(fc.nat(9), { maxLength: 6 }),
        fc.constantFrom(...incidentSorts),
        fc.constantFrom('asc', 'desc'),
        fc.integer({ min: 1, max: 7 }),
        async (before, meanwhile, sort, dir, limit) => {
          await db.deleteFrom('incident').where('tenant_id', '=', 'paging').execute();
          for (const value of before) await add(value);
          const whole = await listIncidents(db, mira('paging'), query(sort, dir, 200));
          const waiting = [...meanwhile];
          const seen: number[] = [];
          let cursor: string | undefined;
          do {
            const page = await listIncidents(db, mira('paging'), query(sort, dir, limit, cursor));
            seen.push(...page.items.map(({ id }) => id));
            cursor = page.next ?? undefined;
            expect(cursor === undefined || cursor.length <= 500).toBe(true);
            const value = waiting.pop();
            if (value !== undefined) await add(value);
          } while (cursor !== undefined);
          expect(new Set(seen).size).toBe(seen.length);
          const known = new Set(whole.items.map(({ id }) => id));
          expect(seen.filter((id) => known.has(id))).toEqual(whole.items.map(({ id }) => id));
        },
      ),
      { numRuns: 25, endOnFailure: true },
    );
  });

  it('refuses cursors that are none, or of another order', async () => {
    await db.insertInto('tenant').values({ id: 'cursors', name: 'Cursors' }).execute();
    for (const id of [1, 2]) await addIncident(db, id, { tenant_id: 'cursors' });
    const { next } = await listIncidents(db, mira('cursors'), query('name', 'asc', 1));
    expect(next).not.toBeNull();
    const forged = (text: string) => Buffer.from(text).toString('base64url');
    for (const [sort, cursor] of [
      ['priority', next ?? ''],
      ['name', 'not base64url!'],
      ['name', forged('name:desc:1:A')],
      ['priority', forged('priority:asc:1:x')],
      ['lastUpdate', forged('lastUpdate:asc:1:2026-99-99T00:00:00.000Z')],
      ['name', forged('name:asc:1:a\0b')],
      ['id', forged("id:asc:1:1'")],
      ['id', forged('id:asc:999999999999999999:1')],
    ] as const) {
      const answer = listIncidents(db, mira('cursors'), query(sort, 'asc', 1, cursor));
      await expect(answer).rejects.toMatchObject({ code: 'invalid', target: 'cursor' });
    }
  });
});
