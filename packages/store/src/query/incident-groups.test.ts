import { incidentFilter, incidentListQuery } from '@throughline/model';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Db } from '../database.ts';
import { incidentCsv } from './incident-csv.ts';
import { getIncident } from './incident-detail.ts';
import { incidentFacets } from './incident-facets.ts';
import { listIncidents } from './incident-list.ts';
import { addAlert, addIncident, openStore } from './seed-rows.fixture.ts';
import { everything, type Viewer } from './viewer.ts';

let db: Db;
let close: () => Promise<void>;

/** Each incident's alerts: the source and the device groups of each. */
const stories: Record<number, [source: string, groups: number[]][]> = {
  1: [
    ['edr', [5]],
    ['mail', [-1]],
  ],
  2: [['edr', [5, 6]]],
  3: [['mail', [6]]],
  4: [['mail', [-1]]],
  5: [['edr', [0]]],
};

beforeAll(async () => {
  ({ db, close } = await openStore());
  const group = { tenant_id: 'default', rule: JSON.stringify({ conditions: [] }) };
  await db
    .insertInto('device_group')
    .values([
      { ...group, id: 5, rank: 2, name: 'Finance' },
      { ...group, id: 6, rank: 1, name: 'Shops' },
    ])
    .execute();
  for (const [id, alerts] of Object.entries(stories)) {
    const groups = [...new Set(alerts.flatMap(([, each]) => each))].sort((a, b) => a - b);
    await addIncident(db, Number(id), { device_groups: groups, service_sources: alerts.map(([source]) => source) });
    for (const [at, [serviceSource, device_groups]] of alerts.entries()) {
      await addAlert(db, Number(id), `a${id}-${at}`, { serviceSource }, { device_groups });
    }
  }
});
afterAll(() => close());

const mail = { mode: 'selected', sources: ['mail'] } as const;
const viewers = {
  everything: everything('default'),
  finance: { ...everything('default'), groups: [5] },
  'finance and no device': { ...everything('default'), groups: [5, -1] },
  mail: { ...everything('default'), sources: mail },
  'mail of shops': { ...everything('default'), groups: [6], sources: mail },
  'all but mail': { ...everything('default'), sources: { mode: 'allExcept', sources: ['mail'] } },
} satisfies Record<string, Viewer>;
type Name = keyof typeof viewers;

test.each<[Name, string[], number[]]>([
  ['everything', ['5'], [1, 2]],
  ['everything', ['6'], [2, 3]],
  ['everything', ['0'], [5]],
  ['everything', ['-1'], [1, 4]],
  ['everything', ['0', '-1', '77'], [1, 4, 5]],
  ['finance', ['5'], [1, 2]],
  ['finance', ['6'], []],
  ['finance', ['-1'], []],
  ['finance', ['5', '6'], [1, 2]],
  ['finance and no device', ['-1'], [1, 4]],
  ['mail', ['5'], []],
  ['mail', ['6'], [3]],
  ['mail', ['-1'], [1, 4]],
  ['mail of shops', ['6'], [3]],
  ['mail of shops', ['-1'], []],
  ['all but mail', ['6'], [2]],
  ['all but mail', ['-1'], []],
])('%s: incidents in %j', async (name, deviceGroup, expected) => {
  const page = await listIncidents(db, viewers[name], incidentListQuery.parse({ deviceGroup, sort: 'id', dir: 'asc' }));
  expect(page.items.map(({ id }) => id)).toEqual(expected);
  expect(page.total).toBe(expected.length);
});

test.each<[Name, Record<string, number>]>([
  ['everything', { Finance: 2, Shops: 2, 'Ungrouped devices': 1, 'No device': 2 }],
  ['finance', { Finance: 2 }],
  ['finance and no device', { Finance: 2, 'No device': 2 }],
  ['mail', { Shops: 1, 'No device': 2 }],
  ['mail of shops', { Shops: 1 }],
  ['all but mail', { Finance: 2, Shops: 1, 'Ungrouped devices': 1 }],
])('%s: the menu counts %j', async (name, expected) => {
  const { deviceGroup = [] } = await incidentFacets(db, viewers[name], incidentFilter.parse({}), ['deviceGroup']);
  expect(Object.fromEntries(deviceGroup.map(({ label, count }) => [label, count]))).toEqual(expected);
});

test.each<[Name, Record<number, string[]>]>([
  ['everything', { 1: ['Finance'], 2: ['Shops', 'Finance'], 3: ['Shops'], 4: [], 5: ['Ungrouped devices'] }],
  ['finance', { 1: ['Finance'], 2: ['Finance'] }],
  ['mail', { 1: [], 3: ['Shops'], 4: [] }],
  ['mail of shops', { 3: ['Shops'] }],
])('%s: rows and details name %j', async (name, expected) => {
  const viewer = viewers[name];
  const { items } = await listIncidents(db, viewer, incidentListQuery.parse({}));
  const names = (row: { deviceGroups: { name: string }[] }) => row.deviceGroups.map((group) => group.name);
  expect(Object.fromEntries(items.map((row) => [row.id, names(row)]))).toEqual(expected);
  for (const row of items) {
    const detail = await getIncident(db, viewer, row.id);
    expect(detail !== null && 'deviceGroups' in detail && detail.deviceGroups).toEqual(row.deviceGroups);
  }
});

test('a chosen group stays in the menu when nothing is in it; one that is not the viewer’s is not named', async () => {
  const filter = incidentFilter.parse({ deviceGroup: ['0', '6'], status: 'resolved' });
  const menu = async (name: Name) => (await incidentFacets(db, viewers[name], filter, ['deviceGroup'])).deviceGroup;
  expect(await menu('everything')).toEqual([
    { value: '0', count: 0, label: 'Ungrouped devices' },
    { value: '6', count: 0, label: 'Shops' },
  ]);
  expect(await menu('finance')).toEqual([]);
});

test.each(['Finance', '1.5', '-2', '', '99999999999'])('a filter by %j is refused', (deviceGroup) => {
  expect(incidentFilter.safeParse({ deviceGroup }).error?.issues).toMatchObject([{ path: ['deviceGroup'] }]);
});

test('the export has the groups by name', async () => {
  let text = '';
  const options = { columns: ['id', 'deviceGroups'], sort: 'id', dir: 'asc' } as const;
  for await (const chunk of incidentCsv(db, viewers.everything, incidentFilter.parse({}), options)) text += chunk;
  expect(text.split('\r\n').slice(1, 4)).toEqual(['1,Finance', '2,Shops; Finance', '3,Shops']);
});
