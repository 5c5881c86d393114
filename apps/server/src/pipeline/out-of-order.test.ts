import { defaultConfig } from '@throughline/correlate';
import type { Alert } from '@throughline/model';
import { appendBatch, type Db, takeBatches } from '@throughline/store';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { generateModelAlerts, mulberry32 } from '../../../../e2e/generate-alerts.ts';
import { clock, openDatabase, snapshot, tenantId, withWriter } from './pipeline.fixture.ts';
import { processBatches } from './process-batches.ts';
import { rebuildState } from './rebuild.ts';

const settleMs = 30_000;
const bodyMs = 2_000;
const alerts = [...generateModelAlerts(160, { seed: 21, stepMs: 1_700 })];
const timeOf = (alert: Alert) => Date.parse(alert.firstActivityDateTime);

/** Lets alerts arrive as late as `delayOf` says, in bodies of what arrives within two seconds, while the worker takes what is due. */
async function run(delayOf: () => number, restart: () => boolean): Promise<Awaited<ReturnType<typeof snapshot>>> {
  const { db, close } = await openDatabase();
  try {
    const arrivals = alerts.map((alert) => ({ alert, at: timeOf(alert) + delayOf() })).sort((a, b) => a.at - b.at);
    await withWriter(db, async (writer) => {
      let state = await rebuildState(writer, tenantId, defaultConfig);
      const work = async (asOf: Date) => {
        for (;;) {
          const batches = await takeBatches(db, tenantId, { maxAlerts: 60, maxBatches: 60, maxBytes: 1e6, asOf });
          if (batches.length === 0) return;
          await writer.transaction().execute((trx) => processBatches(trx, batches, { tenantId, state, now: clock() }));
        }
      };
      for (let from = 0; from < arrivals.length; ) {
        const opened = arrivals[from]?.at ?? 0;
        const to = arrivals.findIndex(({ at }, index) => index > from && at > opened + bodyMs);
        const body = arrivals.slice(from, to < 0 ? undefined : to);
        from += body.length;
        const now = body.at(-1)?.at ?? 0;
        await send(db, body, now);
        if (restart()) state = await rebuildState(writer, tenantId, defaultConfig);
        if (from % 3 === 0) await work(new Date(now));
      }
      await work(new Date(Date.UTC(2027, 0, 1)));
    });
    return await snapshot(db);
  } finally {
    await close();
  }
}

async function send(db: Db, body: readonly { alert: Alert }[], now: number): Promise<void> {
  const all = body.map(({ alert }, index) => ({ source: index % 3 === 0 ? 'wazuh' : 'graph', alert }));
  await appendBatch(
    db,
    { tenantId, alerts: all, rejects: [], received: all.length },
    { settle: { ms: settleMs, now } },
  );
}

it('decides the same when alerts arrive out of order by up to 30 s, in whatever bodies and across restarts', async () => {
  const inOrder = await run(
    () => 0,
    () => false,
  );
  await fc.assert(
    fc.asyncProperty(fc.integer(), async (seed) => {
      const random = mulberry32(seed);
      const shuffled = await run(
        () => random() * (settleMs - bodyMs),
        () => random() < 0.02,
      );
      expect(shuffled.alerts).toEqual(inOrder.alerts);
      expect(shuffled.entities.map(named)).toEqual(inOrder.entities.map(named));
      expect(shuffled.incidents.map(facts)).toEqual(inOrder.incidents.map(facts));
    }),
    { numRuns: 2 },
  );
}, 120_000);

/** The reason shown is the strongest of a transaction. */
function facts<T extends { reason: string }>({ reason: _, ...incident }: T) {
  return incident;
}

/** When an entity was last seen is kept to the minute. */
function named<T extends { last_seen: unknown }>({ last_seen: _, ...entity }: T) {
  return entity;
}
