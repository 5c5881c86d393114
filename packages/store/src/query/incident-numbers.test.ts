import { incidentFilter, incidentSummary as summaryShape, incidentTimeline as timelineShape } from '@throughline/model';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Db } from '../database.ts';
import { type CsvOptions, incidentCsv } from './incident-csv.ts';
import { incidentFacets } from './incident-facets.ts';
import { incidentSummary } from './incident-summary.ts';
import { incidentTimeline } from './incident-timeline.ts';
import { addAlert, addEntity, addIncident, at, openStore } from './seed-rows.fixture.ts';
import { listAssignees, listTags, suggestEntities, suggestIncidents } from './suggest.ts';
import { everything } from './viewer.ts';

let db: Db;
let close: () => Promise<void>;
const mira = (tenantId: string) => ({ ...everything(tenantId), userName: 'mira' });

beforeAll(async () => {
  ({ db, close } = await openStore());
  await addIncident(db, 1, {
    display_name: '=HYPERLINK("http://x")',
    severity: 4,
    assigned_to: 'mira',
    custom_tags: ['Lab', 'vip'],
    system_tags: ['Critical asset'],
    service_sources: ['suricata', 'wazuh'],
    device_groups: [0],
    tactic_mask: 0b11,
    created_at: at(-90),
    updated_at: at(30),
  });
  await addIncident(db, 2, {
    display_name: 'Two, "quoted"\nlines',
    severity: 4,
    custom_tags: ['lab'],
    service_sources: ['wazuh'],
    status: 'inProgress',
    created_at: at(1),
    updated_at: at(20),
  });
  await addIncident(db, 3, { status: 'resolved', created_at: at(2), updated_at: at(10) });
  await addIncident(db, 4, { kind: 'background', custom_tags: ['Lab'], created_at: at(3) });
  await addAlert(db, 1, 'a1', {}, { received_at: at(1), traits: ['os:Linux', 'os:Windows11'] });
  await addAlert(db, 1, 'a2', {}, { received_at: at(59), traits: ['os:Linux'] });
  await addAlert(db, 2, 'a3', {}, { received_at: at(-26 * 60) });
});
afterAll(() => close());

describe('incidentSummary', () => {
  it('counts open incidents', async () => {
    const summary = await incidentSummary(db, mira('default'));
    expect(summaryShape.parse(summary)).toEqual({ open: 2, high: 2, unassigned: 1, mine: 1, oldestUnassigned: at(1) });
  });

  it('is zero for a tenant without incidents', async () => {
    const none = { open: 0, high: 0, unassigned: 0, mine: 0, oldestUnassigned: null };
    expect(await incidentSummary(db, mira('empty'))).toEqual(none);
  });
});

describe('incidentTimeline', () => {
  it('has a bucket for each of the last 24 hours', async () => {
    const timeline = await incidentTimeline(db, everything('default'), new Date(at(59)));
    expect(timelineShape.parse(timeline)).toEqual(timeline);
    expect(timeline.buckets).toHaveLength(24);
    expect(timeline.buckets.at(-1)).toEqual({ start: at(0), alerts: 2, incidents: 2 });
    expect(timeline.buckets.at(-3)).toEqual({ start: at(-120), alerts: 0, incidents: 1 });
    expect(timeline.buckets.reduce((sum, { alerts }) => sum + alerts, 0)).toBe(2);
  });
});

describe('incidentFacets', () => {
  it('counts each value, under the filter but its own part', async () => {
    const facets = await incidentFacets(db, mira('default'), incidentFilter.parse({ status: 'active', kind: 'all' }));
    expect(facets).toMatchObject({
      status: [
        { value: 'active', count: 2 },
        { value: 'inProgress', count: 1 },
        { value: 'resolved', count: 1 },
      ],
      severity: [
        { value: 'high', count: 1 },
        { value: 'low', count: 1 },
      ],
      assignee: [
        { value: 'mira', count: 1 },
        { value: 'unassigned', count: 1 },
      ],
      serviceSource: [
        { value: 'suricata', count: 1 },
        { value: 'wazuh', count: 1 },
      ],
      tactic: [
        { value: 'reconnaissance', count: 1 },
        { value: 'resourceDevelopment', count: 1 },
      ],
      tag: [
        { value: 'Lab', count: 2 },
        { value: 'Critical asset', count: 1 },
        { value: 'vip', count: 1 },
      ],
      osPlatform: [
        { value: 'Linux', count: 1 },
        { value: 'Windows11', count: 1 },
      ],
      deviceGroup: [
        { value: '-1', count: 1, label: 'No device' },
        { value: '0', count: 1, label: 'Ungrouped devices' },
      ],
      threat: [],
    });
  });

  it('counts only the facets asked for, with a search', async () => {
    const filter = incidentFilter.parse({ q: 'quoted' });
    expect(await incidentFacets(db, mira('default'), filter, ['tag'])).toEqual({ tag: [{ value: 'lab', count: 1 }] });
  });
});

describe('incidentCsv', () => {
  const read = async (options: CsvOptions = {}, tenantId = 'default') => {
    let text = '';
    for await (const chunk of incidentCsv(db, mira(tenantId), incidentFilter.parse({}), options)) text += chunk;
    return text;
  };

  it('quotes, and disarms formulas', async () => {
    const csv = await read({ columns: ['id', 'name', 'tags', 'assignedTo'] });
    expect(csv).toBe(
      '\uFEFFIncident id,Name,Tags,Assigned to\r\n' +
        '1,"\'=HYPERLINK(""http://x"")",Lab; vip; Critical asset,mira\r\n' +
        '2,"Two, ""quoted""\nlines",lab,\r\n' +
        '3,Incident 3,,\r\n',
    );
  });

  it('stops at the limit and writes every column', async () => {
    const [head = '', ...lines] = (await read({ limit: 1, sort: 'id', dir: 'desc' })).trimEnd().split('\r\n');
    expect(lines).toHaveLength(1);
    expect(lines[0]?.split(',')).toHaveLength(head.split(',').length);
  });

  it('writes each of many rows once', async () => {
    await db.insertInto('tenant').values({ id: 'many', name: 'Many' }).execute();
    await Promise.all(Array.from({ length: 1203 }, (_, i) => addIncident(db, i + 1, { tenant_id: 'many' })));
    const ids = (await read({ columns: ['id'], limit: 1100 }, 'many')).trimEnd().split('\r\n').slice(1);
    expect(ids).toHaveLength(1100);
    expect(new Set(ids).size).toBe(1100);
  });
});

describe('suggestions', () => {
  it('lists tags by prefix, any case', async () => {
    expect(await listTags(db, everything('default'), 'L')).toEqual([
      { tag: 'Lab', count: 2 },
      { tag: 'lab', count: 1 },
    ]);
    expect(await listTags(db, everything('default'), '%')).toEqual([]);
  });

  it('lists the accounts that work can be given to', async () => {
    const account = { tenant_id: 'default', role: 'operator' } as const;
    await db
      .insertInto('account')
      .values([
        { ...account, user_name: 'tom', display_name: 'tom' },
        { ...account, user_name: 'mira', display_name: 'Mira K.' },
        { ...account, user_name: 'gone', display_name: 'Gone', disabled: true },
      ])
      .execute();
    expect(await listAssignees(db, everything('default'))).toEqual([
      { userName: 'mira', displayName: 'Mira K.' },
      { userName: 'tom', displayName: 'tom' },
    ]);
  });

  it('finds entities and incidents', async () => {
    const host = await addEntity(db, 'device', 'DC-01', ['dns:dc-01.example.com']);
    await addEntity(db, 'device', 'former', ['host~former'], host);
    const found = { kind: 'device', id: 'device dns:dc-01.example.com', name: 'DC-01' };
    expect(await suggestEntities(db, everything('default'), 'c-0')).toEqual([found]);
    expect(await suggestEntities(db, everything('default'), 'former')).toEqual([found]);
    expect(await suggestEntities(db, everything('default'), ' ')).toEqual([]);
    expect((await suggestIncidents(db, everything('default'), '#2')).map(({ id }) => id)).toEqual([2]);
    expect((await suggestIncidents(db, everything('default'), 'quoted')).map(({ id }) => id)).toEqual([2]);
    await expect(suggestEntities(db, everything('default'), '\0')).rejects.toMatchObject({ code: 'invalid' });
  });
});
