import { defaultConfig } from '@throughline/correlate';
import { type Alert, type CorrelationChoices, makeAlert, makeEvidence } from '@throughline/model';
import { changeCorrelationSettings, type Db, readCorrelationSettings, survivingEntities } from '@throughline/store';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { append, clock, openDatabase, silent, snapshot, tenantId, withWriter } from './pipeline.fixture.ts';
import { type Pipeline, startPipeline } from './pipeline.ts';
import { rebuildState } from './rebuild.ts';

let db: Db;
let close: () => Promise<void>;
let pipeline: Pipeline | null = null;

beforeEach(async () => {
  ({ db, close } = await openDatabase());
});
afterEach(async () => {
  await stop();
  await close();
});

async function start(now: () => Date = clock): Promise<void> {
  pipeline = await startPipeline({ db, log: silent, clock: now });
}
async function stop(): Promise<void> {
  await pipeline?.stop();
  pipeline = null;
}

/** An alert of a detector of its own on a device and a user, so many minutes into the story. */
function alert(id: string, minute: number, device: string, more: Partial<Alert> = {}): Alert {
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
    evidence: [makeEvidence('deviceEvidence', { deviceDnsName: device })],
    ...more,
  });
}

async function choose(change: Partial<CorrelationChoices>): Promise<void> {
  const { version } = await readCorrelationSettings(db, tenantId);
  const who = { tenantId, by: 'ada', now: clock() };
  await changeCorrelationSettings(db, who, { version, comment: 'a test' }, (before) => ({ ...before, ...change }));
}

async function send(...alerts: Alert[]): Promise<void> {
  await append(db, alerts);
  await pipeline?.idle();
}

const incidentsOf = async () =>
  Object.fromEntries((await snapshot(db)).alerts.map(({ id, incident_id }) => [id, incident_id]));

/** What the engine would remember after a restart, and what it decides by. */
const restarted = () =>
  withWriter(db, async (writer) => {
    const state = await rebuildState(writer, tenantId, defaultConfig);
    return { hash: state.correlator.stateHash(), config: state.config };
  });

const exception = { id: 'x1', kind: null, reason: 'a test', expiresDateTime: null, createdBy: 'ada' } as const;
const created = { createdDateTime: '2026-01-31T00:00:00.000Z' };

test('a choice holds for the next alert and no earlier one, and is noted as in force', async () => {
  await start();
  await send(alert('one', 0, 'a'), alert('two', 5, 'a'));
  await choose({ numbers: { 'kindWeight.device': 0 } });
  await send(alert('three', 10, 'a'));
  const { one, two, three } = await incidentsOf();
  expect(two).toBe(one);
  expect(three).not.toBe(one);
  await choose({ numbers: {} });
  await send(alert('four', 11, 'a'));
  expect((await incidentsOf()).four).toBe(one);
  const settings = await readCorrelationSettings(db, tenantId);
  expect(settings).toMatchObject({ version: 2, inForceDateTime: clock().toISOString() });
  expect(settings.inForceAfterAlert).toBeGreaterThan(0);
});

test('an engine that goes on and one that restarts after each choice decide alike and remember the same', async () => {
  const choices: Partial<CorrelationChoices>[] = [
    { numbers: { joinAt: 9, maxAssetLink: 4, 'hub.free': 2 } },
    { numbers: { assetTime: 5, backgroundBelow: 5, 'duty.memory': 30 } },
    { restrictToDeviceGroups: true },
  ];
  const live = async (restarts: boolean) => {
    await start();
    for (const [round, choice] of choices.entries()) {
      await send(...Array.from({ length: 9 }, (_, n) => alert(`${round}-${n}`, round * 150 + n * 9, `h${n % 3}`)));
      await choose(choice);
      if (!restarts) continue;
      await stop();
      await start();
    }
    await send(...Array.from({ length: 9 }, (_, n) => alert(`last-${n}`, 450 + n * 9, `h${n % 3}`)));
    await stop();
    return { alerts: (await snapshot(db)).alerts, ...(await restarted()) };
  };
  const interrupted = await live(true);
  await close();
  ({ db, close } = await openDatabase());
  const undisturbed = await live(false);
  expect(undisturbed).toEqual(interrupted);
  expect(undisturbed.config).toMatchObject({ assetTime: 300_000, joinAt: 6, restrictToDeviceGroups: true });
});

test('alerts that an exception names stand alone until it ends, and say by which', async () => {
  let now = clock();
  const expiresDateTime = new Date(now.getTime() + 60_000).toISOString();
  await start(() => now);
  await send(alert('one', 0, 'a'));
  const about = { subject: 'detection', effect: 'standAlone', value: 'edr/noisy', name: 'Noisy' } as const;
  await choose({ exceptions: [{ ...exception, ...created, ...about, expiresDateTime }] });
  await send(alert('two', 1, 'a', { detectorId: 'noisy' }), alert('three', 2, 'a'));
  now = new Date(now.getTime() + 60_001);
  await send(alert('four', 3, 'a', { detectorId: 'noisy', title: 'Another' }));
  const incidents = await incidentsOf();
  expect([incidents.three, incidents.four]).toEqual([incidents.one, incidents.one]);
  expect(incidents.two).not.toBe(incidents.one);
  const { observation } = await db
    .selectFrom('alert')
    .select('observation')
    .where('id', '=', 'two')
    .executeTakeFirstOrThrow();
  expect(observation).toMatchObject({ optOut: true, leftOutBy: 'x1' });
});

test('what was said of a device holds after it turned out to be another', async () => {
  await start();
  const named = (evidence: Record<string, unknown>) => ({ evidence: [makeEvidence('deviceEvidence', evidence)] });
  await send(
    alert('id', 0, 'a', named({ mdeDeviceId: 'abc' })),
    alert('name', 1, 'a', named({ deviceDnsName: 'gw.corp.example' })),
  );
  const ids = await db.selectFrom('entity').select('id').where('kind', '=', 'device').orderBy('n').execute();
  const [older, younger] = ids.map(({ id }) => id);
  const about = { subject: 'entity', effect: 'alwaysHub', value: younger ?? '', name: 'gw', kind: 'device' } as const;
  await choose({ exceptions: [{ ...exception, ...about, ...created }] });
  await send(alert('both', 2, 'a', named({ mdeDeviceId: 'abc', deviceDnsName: 'gw.corp.example' })));
  expect([...(await survivingEntities(db, tenantId, [younger ?? '', older ?? '']))]).toEqual([[younger, older]]);
  await send(alert('later', 3, 'a', named({ mdeDeviceId: 'abc' })));
  await stop();
  await start();
  await send(alert('last', 4, 'a', named({ mdeDeviceId: 'abc' })));
  const { later, last, both, id } = await incidentsOf();
  expect(new Set([later, last, both, id]).size).toBe(4);
});
