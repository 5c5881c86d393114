import { defaultConfig } from '@throughline/correlate';
import { type Alert, graphTypePrefix, makeAlert } from '@throughline/model';
import { alertsOfIncidents } from '@throughline/store';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { append, openDatabase, tenantId, withWriter } from '../pipeline.fixture.ts';
import { rebuildState } from '../rebuild.ts';
import { ask, step, wrongThings } from './rearrange.fixture.ts';

const minute = 60_000;
const start = Date.UTC(2026, 0, 5);
const why = { reason: 'other' as const };
const few = { ...defaultConfig, maxAlerts: 4 };

function alertOn(device: string, id: string, at: number, title: string): Alert {
  const time = new Date(start + at).toISOString();
  return makeAlert({
    tenantId,
    id,
    providerAlertId: id,
    title,
    severity: 'medium',
    category: 'DiscoveryActivity',
    serviceSource: 'microsoftDefenderForEndpoint',
    detectionSource: 'sensor',
    detectorId: title,
    createdDateTime: time,
    firstActivityDateTime: time,
    lastActivityDateTime: time,
    evidence: [{ '@odata.type': `${graphTypePrefix}deviceEvidence`, deviceDnsName: `${device}.corp.example` }],
  });
}

describe('incidents with many repeats', () => {
  let opened: Awaited<ReturnType<typeof openDatabase>>;
  beforeAll(async () => {
    opened = await openDatabase();
  });
  afterAll(() => opened.close());

  it('are read in pages, and the repeats that move do not count against the limit', async () => {
    const { db } = opened;
    const repeats = Array.from({ length: 12 }, (_, n) => alertOn('a', `a${n}`, n * minute, 'Odd program'));
    await append(db, [...repeats, alertOn('a', 'a-other', 13 * minute, 'Odd service')]);
    await append(
      db,
      [1, 2, 3].map((n) => alertOn(`b${n}`, `b${n}`, n * 1_000, `Odd ${n}`)),
    );
    await withWriter(db, async (writer) => {
      const live = await rebuildState(writer, tenantId, few);
      while (await step(db, writer, live));
      const placeOf = async (id: string) =>
        (await db.selectFrom('alert').select('incident_id as at').where('id', '=', id).executeTakeFirstOrThrow()).at;
      const [from, into] = [await placeOf('a0'), await placeOf('b1')];
      expect(await placeOf('a11')).toBe(from);
      const pages = await writer.transaction().execute(async (trx) => {
        const sizes: number[] = [];
        for (let round = 0; round < 2; round++) {
          for await (const page of alertsOfIncidents(trx, tenantId, [from], 5)) sizes.push(page.length);
        }
        return sizes;
      });
      expect(pages).toEqual([5, 5, 3, 5, 5, 3]);

      const alertIds = repeats.map(({ id }) => id);
      const moved = await ask(db, writer, live, { kind: 'move', alertIds, into, ...why });
      expect(moved).toMatchObject({ state: 'done', answer: { movedAlerts: 12 } });
      const more = { kind: 'move' as const, into, ...why };
      for (const id of ['b2', 'b3']) {
        if ((await placeOf(id)) !== into) await ask(db, writer, live, { ...more, alertIds: [id] });
      }
      const full = await ask(db, writer, live, { ...more, alertIds: ['a-other', await another()] });
      expect(full).toMatchObject({ state: 'refused', answer: { reason: 'full' } });
      expect(await wrongThings(db)).toEqual([]);
      const rebuilt = await rebuildState(writer, tenantId, few);
      expect(rebuilt.correlator.stateHash()).toBe(live.correlator.stateHash());

      async function another(): Promise<string> {
        await append(db, [
          alertOn('a', 'a-third', 14 * minute, 'Odd driver'),
          alertOn('a', 'a-rest', 15 * minute, 'Odd'),
        ]);
        while (await step(db, writer, live));
        return 'a-third';
      }
    });
  });
});
