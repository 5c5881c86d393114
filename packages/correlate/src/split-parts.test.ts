import { describe, expect, it } from 'vitest';
import { Correlator } from './correlator.ts';
import { defaultConfig } from './default-config.ts';
import type { DecidedAlert } from './rearrangement.ts';
import { splitParts } from './split-parts.ts';
import { observation as observed } from './testing/make-observation.ts';

/** Alerts of these names, each with the entities it mentions, as if all were of one incident. */
function alerts(mentions: Record<string, string[]>): DecidedAlert[] {
  const correlator = new Correlator(defaultConfig);
  return Object.entries(mentions).map(([name, entities], index) => {
    const observation = observed(index * 60_000, name, entities, { alertId: name });
    return { observation, decision: correlator.decide(observation) };
  });
}

describe('what an incident falls into without an entity', () => {
  it('parts what only the entity bound, the largest first', () => {
    const list = alerts({
      a: ['device:x', 'user:admin'],
      b: ['device:y', 'user:admin'],
      c: ['device:y', 'user:admin'],
      d: ['user:admin'],
    });
    const parts = splitParts(list, 'user admin').map(({ alertIds }) => alertIds);
    expect(parts).toEqual([['b', 'c'], ['a'], ['d']]);
  });

  it('leaves one part when the rest hangs together, or the entity is not there', () => {
    const list = alerts({ a: ['device:x', 'user:admin'], b: ['device:x'], c: ['device:x', 'user:admin'] });
    expect(splitParts(list, 'user admin')).toHaveLength(1);
    expect(splitParts(list, 'user nobody')).toHaveLength(1);
  });

  it('has every alert in exactly one part', () => {
    const list = alerts({ a: ['device:x'], b: ['device:y'], c: ['device:x', 'device:y'], d: ['device:z'] });
    for (const entity of ['device x', 'device y', 'device z', 'none']) {
      const all = splitParts(list, entity).flatMap(({ alertIds }) => alertIds);
      expect(all.sort()).toEqual(['a', 'b', 'c', 'd']);
    }
  });
});
