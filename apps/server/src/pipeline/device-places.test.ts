import { groupOf } from '@throughline/access';
import { type CorrelationConfig, defaultConfig } from '@throughline/correlate';
import { type Alert, type DeviceRule, makeAlert, makeEvidence } from '@throughline/model';
import { changeDeviceGroup, createDeviceGroup, type Db, type GroupChanger, takeBatches } from '@throughline/store';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { append, clock, openDatabase, tenantId, withWriter } from './pipeline.fixture.ts';
import { processBatches } from './process-batches.ts';
import { rebuildState } from './rebuild.ts';

let db: Db;
let close: () => Promise<void>;
const who: GroupChanger = { tenantId, by: 'ada', now: clock(), place: groupOf };
const apart: CorrelationConfig = { ...defaultConfig, restrictToDeviceGroups: true };

beforeEach(async () => {
  ({ db, close } = await openDatabase());
});
afterEach(() => close());

type Told = { device: string; tags?: string[]; minute: number };
/** Alerts of one story: the same user and the same file, minutes apart, each on a device. */
function alert(id: string, devices: readonly Omit<Told, 'minute'>[], minute: number): Alert {
  const at = new Date(Date.parse('2026-01-31T10:00:00.000Z') + minute * 60_000).toISOString();
  return makeAlert({
    id,
    tenantId,
    providerAlertId: id,
    title: `Alert ${id}`,
    severity: 'high',
    serviceSource: 'edr',
    detectorId: `rule-${id}`,
    createdDateTime: at,
    firstActivityDateTime: at,
    lastActivityDateTime: at,
    evidence: [
      ...devices.map(({ device, tags = [] }) => makeEvidence('deviceEvidence', { deviceDnsName: device, tags })),
      makeEvidence('userEvidence', { userAccount: { userPrincipalName: 'mira@example.com' } }),
      makeEvidence('fileEvidence', { fileDetails: { sha256: 'ab'.repeat(32), fileName: 'x.exe' } }),
    ],
  });
}

const rule = (property: 'name' | 'tag', value: string): DeviceRule => ({
  conditions: [{ property, operator: property === 'name' ? 'startsWith' : 'equals', values: [value] }],
});
async function makeGroup(name: string, of: DeviceRule): Promise<number> {
  const group = { name, description: '', remediation: 'none', rule: of, accountIds: [], userGroupIds: [] } as const;
  return (await createDeviceGroup(db, who, { ...group, accountIds: [], userGroupIds: [] })).id;
}

/** Takes all that waits with one engine, and holds it against one rebuilt from what was stored. */
async function run(config: CorrelationConfig): Promise<void> {
  await withWriter(db, async (writer) => {
    const state = await rebuildState(writer, tenantId, config);
    for (;;) {
      const batches = await takeBatches(db, tenantId, { maxAlerts: 1, maxBatches: 1, maxBytes: 1 });
      if (batches.length === 0) break;
      await writer.transaction().execute((trx) => processBatches(trx, batches, { tenantId, state, now: clock() }));
    }
    const rebuilt = await rebuildState(writer, tenantId, config);
    expect(rebuilt.correlator.stateHash()).toBe(state.correlator.stateHash());
    const sorted = (facts: ReadonlyMap<string, { names: string[] }> | undefined) =>
      new Map([...(facts ?? [])].map(([id, each]) => [id, { ...each, names: each.names.toSorted() }]));
    expect(sorted(rebuilt.places?.facts)).toEqual(sorted(state.places?.facts));
  });
}

/** Each alert's incident, the group it was decided with, and why it joined no other. */
async function outcome(): Promise<Record<string, [incident: number, group: unknown, refusals: string[]]>> {
  const rows = await db
    .selectFrom('alert')
    .select(['id', 'incident_id', 'observation', 'decision'])
    .orderBy('seq')
    .execute();
  return Object.fromEntries(
    rows.map(({ id, incident_id, observation, decision }) => [
      id,
      [
        incident_id,
        (observation as { deviceGroup?: string | null }).deviceGroup,
        (decision as { refusals: { reason: string }[] }).refusals.map(({ reason }) => reason),
      ],
    ]),
  );
}

test('alerts on devices of different groups stay apart where groups restrict correlation', async () => {
  const fin = String(await makeGroup('Finance', rule('name', 'fin-')));
  await append(db, [alert('one', [{ device: 'fin-1.example.com' }], 0)]);
  await append(db, [alert('two', [{ device: 'lab-1.example.com' }], 1)]);
  await append(db, [alert('three', [{ device: 'fin-2.example.com' }], 2)]);
  await append(db, [alert('both', [{ device: 'fin-1.example.com' }, { device: 'lab-1.example.com' }], 3)]);
  await run(apart);
  expect(await outcome()).toMatchObject({
    one: [1, fin, []],
    two: [2, '0', ['deviceGroup']],
    three: [1, fin, ['deviceGroup']],
    both: [expect.any(Number), null, expect.anything()],
  });
});

test('elsewhere groups say nothing, and nothing is noted of them', async () => {
  await makeGroup('Finance', rule('name', 'fin-'));
  await append(db, [alert('one', [{ device: 'fin-1.example.com' }], 0)]);
  await append(db, [alert('two', [{ device: 'lab-1.example.com' }], 1)]);
  await run(defaultConfig);
  expect(await outcome()).toEqual({ one: [1, undefined, []], two: [1, undefined, []] });
});

test('what was told of a device before counts, also after a restart; a changed rule holds for the next alert', async () => {
  const vip = await makeGroup('VIP', rule('tag', 'vip'));
  await append(db, [alert('one', [{ device: 'fin-1.example.com', tags: ['VIP'] }], 0)]);
  await append(db, [alert('two', [{ device: 'fin-1.example.com' }], 1)]);
  await run(apart);
  await append(db, [alert('three', [{ device: 'fin-1.example.com' }], 2)]);
  await run(apart);
  await changeDeviceGroup(db, who, vip, { rule: rule('tag', 'nobody') });
  await append(db, [alert('four', [{ device: 'fin-1.example.com' }], 3)]);
  await run(apart);
  const decided = await outcome();
  expect(Object.values(decided).map(([, group]) => group)).toEqual([String(vip), String(vip), String(vip), '0']);
  expect(decided.four?.[2]).toEqual(['deviceGroup']);
});
