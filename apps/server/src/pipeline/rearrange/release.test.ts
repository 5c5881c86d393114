import { defaultConfig } from '@throughline/correlate';
import { tuningRuleBody } from '@throughline/model';
import { createTuningRule, type Db, everything, matchesOfRule } from '@throughline/store';
import { expect, test } from 'vitest';
import { generateModelAlerts, mulberry32 } from '../../../../../e2e/generate-alerts.ts';
import { append, clock, openDatabase, tenantId, withWriter } from '../pipeline.fixture.ts';
import { rebuildState } from '../rebuild.ts';
import { anyRequest, ask, step, viewer, wrongThings } from './rearrange.fixture.ts';

/** A rule that hides what these detectors say; returns its number. */
async function hide(db: Db, detectors: string[]): Promise<number> {
  const { id: author } = await db
    .insertInto('account')
    .values({ tenant_id: tenantId, user_name: 'ada', display_name: 'Ada', role: 'administrator' })
    .returning('id')
    .executeTakeFirstOrThrow();
  const items = [{ property: 'detector', operator: 'isAnyOf', values: detectors }];
  const body = tuningRuleBody.parse({ name: 'quiet', action: 'hide', conditions: { match: 'all', items } });
  const { rule } = await createTuningRule(db, everything(tenantId), body, { by: 'ada', now: clock(), author });
  return rule.id;
}

test.each([1, 2])(
  'whatever is released, moved, merged and undone in between, every count is right and a rebuilt engine is the same (%i)',
  async (seed) => {
    const { db, close } = await openDatabase();
    try {
      const random = mulberry32(seed);
      const alerts = [...generateModelAlerts(120, { seed })];
      const ruleId = await hide(db, [...new Set(alerts.map(({ detectorId }) => detectorId))].slice(0, 4));
      for (let from = 0; from < alerts.length; from += 20) await append(db, alerts.slice(from, from + 20));
      await withWriter(db, async (writer) => {
        const live = await rebuildState(writer, tenantId, defaultConfig);
        let released = 0;
        while (await step(db, writer, live)) {
          const one = await db
            .selectFrom('alert')
            .select('id')
            .where('tuning_rule', '=', ruleId)
            .orderBy('seq', 'desc')
            .executeTakeFirst();
          const alertIds = one === undefined ? null : [one.id];
          if ((await ask(db, writer, live, { kind: 'release', ruleId, alertIds })).state === 'done') released++;
          for (let n = 0; n < 3; n++) await ask(db, writer, live, await anyRequest(db, random));
          expect(await wrongThings(db)).toEqual([]);
        }
        const { hidden } = await matchesOfRule(db, viewer, ruleId, clock());
        const rest = await ask(db, writer, live, { kind: 'release', ruleId, alertIds: null });
        expect(rest).toMatchObject(hidden === 0 ? { state: 'refused' } : { answer: { movedAlerts: hidden } });
        expect((await matchesOfRule(db, viewer, ruleId, clock())).hidden).toBe(0);
        expect(released).toBeGreaterThan(2);
        expect(await wrongThings(db)).toEqual([]);
        // What comes in while the rule is still on is hidden again, in a group of its own.
        const again = alerts.filter(({ detectorId }) => detectorId === alerts.at(-1)?.detectorId).slice(-1);
        await append(
          db,
          again.map((alert) => ({ ...alert, id: 'one-more', providerAlertId: 'one-more' })),
        );
        await step(db, writer, live);
        for (const alert of await db.selectFrom('alert').select(['id', 'incident_id']).execute()) {
          expect(live.correlator.incidentOf(alert.id)).toBe(alert.incident_id);
        }
        const rebuilt = await rebuildState(writer, tenantId, defaultConfig);
        expect(rebuilt.correlator.stateHash()).toBe(live.correlator.stateHash());
      });
    } finally {
      await close();
    }
  },
  60_000,
);
