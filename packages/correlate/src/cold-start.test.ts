import { describe, expect, it } from 'vitest';
import { Correlator } from './correlator.ts';
import { defaultConfig } from './default-config.ts';
import { coldStart } from './testing/cold-start.ts';

const seeds = Array.from({ length: 12 }, (_, n) => n + 1);

/** Alerts of the attack and others, for each incident that holds an alert of the attack. */
function attackIncidents(seed: number): { attack: number; foreign: number }[] {
  const { observations, attack } = coldStart(seed);
  const correlator = new Correlator(defaultConfig);
  for (const o of observations) correlator.decide(o);
  const found = new Map<number, { attack: number; foreign: number }>();
  for (const { alertId } of observations) {
    const id = correlator.incidentOf(alertId) ?? -1;
    const counts = found.get(id) ?? { attack: 0, foreign: 0 };
    counts[attack.has(alertId) ? 'attack' : 'foreign']++;
    found.set(id, counts);
  }
  return [...found.values()].filter((counts) => counts.attack > 0).sort((a, b) => b.attack - a.attack);
}

describe('a tenant without history', () => {
  it.each(seeds)('has one incident for the intrusion and hardly a foreign alert in it (seed %i)', (seed) => {
    const [main, ...rest] = attackIncidents(seed);
    expect(rest.length).toBeLessThanOrEqual(1);
    expect(main?.attack).toBeGreaterThan(50);
    expect(main?.foreign).toBeLessThanOrEqual(3);
  });

  it('gets it exactly right in most cases', () => {
    const results = seeds.map(attackIncidents);
    expect(results.filter((incidents) => incidents.length === 1).length).toBeGreaterThanOrEqual(11);
    expect(results.filter(([main]) => main?.foreign === 0).length).toBeGreaterThanOrEqual(6);
  });
});
