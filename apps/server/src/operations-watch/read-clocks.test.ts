import { type Alert, graphTypePrefix, makeAlert } from '@throughline/model';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { append, openDatabase, silent, tenantId } from '../pipeline/pipeline.fixture.ts';
import { startPipeline } from '../pipeline/pipeline.ts';
import { readClocks } from './read-clocks.ts';

const minute = 60_000;

let opened: Awaited<ReturnType<typeof openDatabase>>;
beforeAll(async () => {
  opened = await openDatabase();
});
afterAll(() => opened.close());

function alertOf(device: string, id: string, behindMs: number, detectorId: string): Alert {
  const time = new Date(Date.now() - behindMs).toISOString();
  return makeAlert({
    tenantId,
    id,
    providerAlertId: id,
    title: `Odd program ${id}`,
    severity: 'medium',
    category: null,
    serviceSource: 'microsoftDefenderForEndpoint',
    detectionSource: 'sensor',
    detectorId,
    createdDateTime: time,
    firstActivityDateTime: time,
    lastActivityDateTime: time,
    evidence: [{ '@odata.type': `${graphTypePrefix}deviceEvidence`, deviceDnsName: `${device}.corp.example` }],
  });
}

it('tells how far a source is off, and which device differs from the rest', async () => {
  const { db } = opened;
  const many = Array.from({ length: 60 }, (_, n) => alertOf(`pc-${n % 5}`, `right-${n}`, 1_000, `d${n % 3}`));
  const slow = Array.from({ length: 6 }, (_, n) => alertOf('slow', `slow-${n}`, 20 * minute, `d${n % 3}`));
  const strays = Array.from({ length: 6 }, (_, n) => alertOf('erratic', `erratic-${n}`, n * 20 * minute, `d${n % 3}`));
  await append(db, [...many, ...slow, ...strays]);
  const pipeline = await startPipeline({ db, log: silent, clock: () => new Date() });
  await pipeline.idle();
  await pipeline.stop();
  const [clock, ...others] = await readClocks(db, tenantId);
  expect(others).toEqual([]);
  expect(clock).toMatchObject({ alerts: 72, sinceDateTime: null });
  expect(clock?.offsetMs ?? 0).toBeLessThan(minute);
  expect(clock?.devices.map(({ name, alerts }) => [name, alerts])).toEqual([['slow.corp.example', 6]]);
  expect(Math.round((clock?.devices[0]?.medianMs ?? 0) / minute)).toBe(20);
});
