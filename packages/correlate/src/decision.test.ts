import { reasonSentence } from '@throughline/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contributionOf } from './contribution.ts';
import { Correlator } from './correlator.ts';
import { defaultConfig } from './default-config.ts';
import { explain } from './explain.ts';
import { minute, observation } from './testing/make-observation.ts';

const small = (prefix: string, count: number) => fc.nat(count - 1).map((n) => `${prefix}${n}`);
const alerts = fc.array(
  fc.record({
    gap: fc.oneof(fc.nat(2_000), fc.nat(40 * minute), fc.nat(20 * 60 * minute)),
    detector: small('det-', 6),
    entities: fc.uniqueArray(
      fc.oneof(
        small('device:d', 5),
        small('user:u', 4),
        small('file:f', 4),
        small('ip:10.0.0.', 3),
        small('mailbox:m', 2),
      ),
      { maxLength: 5 },
    ),
  }),
  { minLength: 1, maxLength: 80 },
);

function observations(list: { gap: number; detector: string; entities: string[] }[]) {
  let time = 0;
  return list.map(({ gap, detector, entities }, n) => {
    time += gap;
    return observation(time, detector, entities, { alertId: `a${n}` });
  });
}

describe('decisions', () => {
  it('put every alert into exactly one incident, whatever comes', () => {
    fc.assert(
      fc.property(alerts, (list) => {
        const correlator = new Correlator({ ...defaultConfig, maxAlerts: 12 });
        const given = observations(list);
        const decided = given.map((o) => correlator.decide(o));
        const sizes = new Map<number, number>();
        for (const [n, o] of given.entries()) {
          const id = correlator.incidentOf(o.alertId);
          expect(id).toBe(correlator.find(decided[n]?.incidentId ?? -1));
          sizes.set(id ?? -1, (sizes.get(id ?? -1) ?? 0) + 1);
        }
        for (const size of sizes.values()) expect(size).toBeLessThanOrEqual(12);
      }),
    );
  });

  it('can be recomputed from their stored terms', () => {
    fc.assert(
      fc.property(alerts, (list) => {
        const correlator = new Correlator(defaultConfig);
        for (const o of observations(list)) {
          const d = correlator.decide(o);
          const sum = d.terms.reduce((total, term) => total + contributionOf(term, defaultConfig), 0);
          expect(sum).toBeCloseTo(d.score, 9);
          if (d.kind === 'joined') expect(d.score).toBeGreaterThanOrEqual(d.threshold);
          if (d.kind === 'opened' && d.refusals.length === 0) expect(d.score).toBeLessThan(d.threshold);
          if (d.kind === 'background') expect(d.novelty).toBeLessThan(d.threshold);
          for (const merge of d.merges) {
            const merged = merge.terms.reduce((total, term) => total + contributionOf(term, defaultConfig), 0);
            expect(merged).toBeCloseTo(merge.score, 9);
          }
          for (const term of d.terms) expect(Number.isFinite(term.contribution) && term.contribution > 0).toBe(true);
        }
      }),
    );
  });

  it('can be said in words', () => {
    fc.assert(
      fc.property(alerts, (list) => {
        const correlator = new Correlator(defaultConfig);
        for (const o of observations(list)) {
          const d = correlator.decide(o);
          expect(reasonSentence(d)).toMatch(/^[A-Z]/);
          expect(`${reasonSentence(d)}${explain(d)}`).not.toMatch(/NaN|undefined|Infinity|null/);
        }
      }),
    );
  });
});
