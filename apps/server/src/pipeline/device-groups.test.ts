import { groupOf } from '@throughline/access';
import type { Alert, DeviceRule, Evidence } from '@throughline/model';
import { makeAlert } from '@throughline/model';
import {
  changeDeviceGroup,
  createDeviceGroup,
  type Db,
  deleteDeviceGroup,
  type GroupChanger,
  listDeviceGroups,
  previewDeviceGroup,
} from '@throughline/store';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { append, clock, drain, openDatabase, tenantId } from './pipeline.fixture.ts';

let db: Db;
let close: () => Promise<void>;
const who: GroupChanger = { tenantId, by: 'ada', now: clock(), place: groupOf };

beforeEach(async () => {
  ({ db, close } = await openDatabase());
});
afterEach(() => close());

const device = (name: string, more: object = {}) =>
  ({ '@odata.type': '#microsoft.graph.security.deviceEvidence', deviceDnsName: name, ...more }) as unknown as Evidence;

function alert(id: string, evidence: Evidence[], more: Partial<Alert> = {}): Alert {
  return makeAlert({
    id,
    tenantId,
    providerAlertId: id,
    title: `Alert ${id}`,
    serviceSource: 'suricata',
    detectorId: `rule-${id}`,
    createdDateTime: '2026-01-31T10:00:00.000Z',
    evidence,
    ...more,
  });
}

const rule = (property: 'name' | 'tag' | 'osPlatform', value: string): DeviceRule => ({
  conditions: [{ property, operator: property === 'name' ? 'startsWith' : 'equals', values: [value] }],
});
const make = async (name: string, of: DeviceRule, rank?: number) =>
  (
    await createDeviceGroup(db, who, {
      name,
      description: '',
      remediation: 'full',
      rule: of,
      ...(rank === undefined ? {} : { rank }),
      accountIds: [],
      userGroupIds: [],
    })
  ).id;

/** The groups of each alert, by id; and that every incident has exactly those of its alerts. */
async function groups(): Promise<Record<string, number[]>> {
  const alerts = await db.selectFrom('alert').select(['id', 'incident_id', 'device_groups']).execute();
  const incidents = await db.selectFrom('incident').select(['id', 'redirect_to', 'device_groups']).execute();
  for (const { id, redirect_to, device_groups } of incidents) {
    const own = alerts.filter(({ incident_id }) => incident_id === (redirect_to ?? id));
    const wanted = [...new Set(own.flatMap((each) => each.device_groups))].sort((a, b) => a - b);
    expect([id, device_groups]).toEqual([id, wanted]);
  }
  return Object.fromEntries(alerts.map(({ id, device_groups }) => [id, device_groups]));
}

test('alerts carry the groups of the devices they name, incidents those of their alerts', async () => {
  const fin = await make('Finance', rule('name', 'fin-'));
  const vip = await make('VIP', rule('tag', 'vip'));
  await append(db, [
    alert('one', [device('fin-1.example.com')]),
    alert('two', [device('fin-2.example.com', { tags: ['VIP'] }), device('lab-1.example.com')]),
    alert('three', [device('lab-2.example.com', { tags: ['VIP'] })]),
    alert('none', []),
  ]);
  await drain(db);
  expect(await groups()).toEqual({ one: [fin], two: [0, fin], three: [vip], none: [-1] });
  const counts = (await listDeviceGroups(db, tenantId)).map(({ name, rank, devices }) => [name, rank, devices]);
  expect(counts).toEqual([
    ['Finance', 1, 2],
    ['VIP', 2, 1],
    ['Ungrouped devices', null, 1],
  ]);
});

test('a new rule, a new rank and a removal put every device where it now belongs', async () => {
  await append(db, [
    alert('one', [device('fin-1.example.com', { osPlatform: 'Linux' })]),
    alert('two', [device('lab-1.example.com', { osPlatform: 'Linux' })]),
  ]);
  await drain(db);
  expect(await groups()).toEqual({ one: [0], two: [0] });
  const linux = await make('Linux', rule('osPlatform', 'linux'));
  expect(await groups()).toEqual({ one: [linux], two: [linux] });
  const fin = await make('Finance', rule('name', 'fin-'), 1);
  expect(await groups()).toEqual({ one: [fin], two: [linux] });
  await changeDeviceGroup(db, who, fin, { rank: 2 });
  expect(await groups()).toEqual({ one: [linux], two: [linux] });
  await changeDeviceGroup(db, who, linux, { rule: rule('name', 'lab-') });
  expect(await groups()).toEqual({ one: [fin], two: [linux] });
  await deleteDeviceGroup(db, who, linux);
  expect(await groups()).toEqual({ one: [fin], two: [0] });
  expect((await listDeviceGroups(db, tenantId)).map(({ rank }) => rank)).toEqual([1, null]);
});

test('a device that is told a new tag moves, with its earlier alerts', async () => {
  const vip = await make('VIP', rule('tag', 'vip'));
  await append(db, [alert('one', [device('fin-1.example.com')])]);
  await drain(db);
  expect(await groups()).toEqual({ one: [0] });
  await append(db, [alert('two', [device('fin-1.example.com', { tags: ['vip'] })])]);
  await drain(db);
  expect(await groups()).toEqual({ one: [vip], two: [vip] });
  await append(db, [alert('three', [device('fin-1.example.com')])]);
  await drain(db);
  expect((await groups()).three).toEqual([vip]);
});

test('an identity that turns out to be another’s brings its alerts along', async () => {
  const fin = await make('Finance', rule('name', 'fin-'));
  const id = { mdeDeviceId: '00000000-0000-4000-8000-0000000000aa' };
  await append(db, [alert('one', [device('fin-1.example.com')])]);
  await drain(db);
  await append(db, [alert('two', [device('', { deviceDnsName: null, ...id })])]);
  await drain(db);
  expect(await groups()).toEqual({ one: [fin], two: [0] });
  await append(db, [alert('three', [device('fin-1.example.com', id)])]);
  await drain(db);
  expect(await groups()).toEqual({ one: [fin], two: [fin], three: [fin] });
});

test('a newer version of an alert that names a further device belongs to its group too', async () => {
  const fin = await make('Finance', rule('name', 'fin-'));
  const sent = alert('one', [device('lab-1.example.com')]);
  await append(db, [sent]);
  await drain(db);
  await append(db, [
    {
      ...sent,
      title: 'Changed',
      lastUpdateDateTime: '2026-01-31T11:00:00.000Z',
      evidence: [device('lab-1.example.com'), device('fin-1.example.com')],
    },
  ]);
  await drain(db);
  expect(await groups()).toEqual({ one: [0, fin] });
});

test('a preview counts what matches, and what groups of better rank keep', async () => {
  await make('Finance', rule('name', 'fin-'));
  const names = Array.from(
    { length: 14 },
    (_, i) => `${i < 3 ? 'fin' : 'lab'}-${String(i).padStart(2, '0')}.example.com`,
  );
  await append(
    db,
    names.map((name) => alert(name, [device(name, { osPlatform: 'Linux' })])),
  );
  await drain(db);
  const preview = await previewDeviceGroup(db, tenantId, { rule: rule('osPlatform', 'Linux') }, groupOf);
  expect(preview).toMatchObject({ matching: 14, taken: 3 });
  expect(preview.devices.map(({ name, group }) => [name, group])).toEqual(
    names.slice(0, 10).map((name, i) => [name, i < 3 ? 'Finance' : 'Ungrouped devices']),
  );
});
