import { defaultConfig } from '@throughline/correlate';
import type { Alert } from '@throughline/model';
import { type Db, takeBatches, type Writer } from '@throughline/store';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { generateModelAlerts, mulberry32 } from '../../../../e2e/generate-alerts.ts';
import type { EngineState } from './engine-state.ts';
import { append, clock, openDatabase, tenantId, withWriter } from './pipeline.fixture.ts';
import { processBatches } from './process-batches.ts';
import { rebuildState } from './rebuild.ts';

/** Processes the next waiting batch with `state`. */
async function step(db: Db, writer: Writer, state: EngineState): Promise<boolean> {
  const batches = await takeBatches(db, tenantId, { maxAlerts: 1, maxBatches: 1, maxBytes: 1 });
  if (batches.length === 0) return false;
  await writer.transaction().execute((trx) => processBatches(trx, batches, { tenantId, state, now: clock() }));
  return true;
}

/** Alerts whose identities learn of each other late: names first apart, then together, so that some are absorbed. */
function* entangled(count: number, seed: number): Generator<Alert> {
  const random = mulberry32(seed);
  for (const alert of generateModelAlerts(count, { seed })) {
    const evidence = alert.evidence.map((e) => {
      if (!String(e['@odata.type']).endsWith('deviceEvidence')) return e;
      const coin = random();
      if (coin < 0.3) return { ...e, mdeDeviceId: null };
      if (coin < 0.6) return { ...e, deviceDnsName: null };
      return e;
    });
    yield { ...alert, evidence };
  }
}

/** Now and then a person decides something about an incident. */
async function decideSomething(db: Db, random: () => number): Promise<void> {
  const choice = random();
  const change =
    choice < 0.3
      ? sql`status = 'resolved'`
      : choice < 0.6
        ? sql`assigned_to = ${choice < 0.45 ? 'mira' : 'jon'}`
        : sql`classification = 'truePositive', determination = 'malware'`;
  await sql`
    update incident set ${change}, standing_version = standing_version + 1
    where (tenant_id, id) = (
      select tenant_id, id from incident where status <> 'redirected' order by (id * ${Math.floor(random() * 997)}) % 101 limit 1
    )`.execute(db);
}

describe('rebuildState', () => {
  it('decides as the engine that crashed would have, whenever it crashed', async () => {
    const { db, close } = await openDatabase();
    try {
      const random = mulberry32(11);
      const alerts = [...entangled(900, 11)];
      for (let from = 0; from < alerts.length; ) {
        const size = 1 + Math.floor(random() * 60);
        await append(db, alerts.slice(from, from + size));
        // Some come again, changed: they must leave no trace in what correlation remembers.
        if (random() < 0.3 && from > 0) {
          const again = alerts[Math.floor(random() * from)] as Alert;
          await append(db, [{ ...again, title: `${again.title}!`, evidence: alerts[from]?.evidence ?? [] }]);
        }
        from += size;
      }
      await withWriter(db, async (writer) => {
        const live = await rebuildState(writer, tenantId, defaultConfig);
        let rebuilds = 0;
        while (await step(db, writer, live)) {
          if (random() < 0.4) await decideSomething(db, random);
          if (random() < 0.4) {
            // What people said counts from the next batch on; a rebuilt engine knows it at once.
            await step(db, writer, live);
            const rebuilt = await rebuildState(writer, tenantId, defaultConfig);
            expect(rebuilt.correlator.stateHash()).toBe(live.correlator.stateHash());
            expect(rebuilt.identities.size).toBe(live.identities.size);
            expect([...rebuilt.numbers]).toEqual([...live.numbers]);
            rebuilds++;
          }
        }
        expect(rebuilds).toBeGreaterThan(5);
      });
      const { absorbed, merged } = await db
        .selectNoFrom((eb) => [
          eb
            .selectFrom('entity')
            .select(eb.fn.countAll<number>().as('n'))
            .where('redirect_to', 'is not', null)
            .as('absorbed'),
          eb
            .selectFrom('incident')
            .select(eb.fn.countAll<number>().as('n'))
            .where('redirect_to', 'is not', null)
            .as('merged'),
        ])
        .executeTakeFirstOrThrow();
      expect(absorbed).toBeGreaterThan(0);
      expect(merged).toBeGreaterThan(0);
    } finally {
      await close();
    }
  });
});
