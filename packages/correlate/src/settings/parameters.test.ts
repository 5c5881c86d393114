import { correlationNumbers, entityKinds } from '@throughline/model';
import { describe, expect, it, test } from 'vitest';
import { Correlator } from '../correlator.ts';
import { defaultConfig } from '../default-config.ts';
import type { Observation } from '../observation.ts';
import { campaigns } from '../testing/campaigns.ts';
import { coldStart } from '../testing/cold-start.ts';
import { hour, minute, observation } from '../testing/make-observation.ts';
import {
  changesMemory,
  defaultOf,
  describeParameters,
  parameters,
  refuseNumbers,
  withNumbers,
  withoutDefaults,
} from './parameters.ts';

function leaves(value: unknown, path: string[] = []): string[] {
  if (typeof value === 'number') return [path.join('.')];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, [...path, key]));
}

test('every number of the configuration that is no limit of memory is a parameter, and no other', () => {
  const { limits: _, ...config } = defaultConfig;
  const kinds = entityKinds.map((kind) => `kindWeight.${kind}`);
  const ids = parameters.map(({ id }) => id);
  expect(ids.toSorted()).toEqual([...new Set([...leaves(config), ...kinds])].toSorted());
  expect(new Set(ids).size).toBe(ids.length);
  expect(correlationNumbers.toSorted()).toEqual(ids.toSorted());
});

test.each(describeParameters().map((parameter) => [parameter.id, parameter] as const))(
  '%s ships within its range, in words',
  (id, { default: shipped, min, max, whole, label, meaning, reason }) => {
    expect(shipped).toBeGreaterThanOrEqual(min);
    expect(shipped).toBeLessThanOrEqual(max);
    expect(Number.isInteger(shipped) || !whole).toBe(true);
    expect([label, meaning, reason].every((text) => text.length > 1)).toBe(true);
    expect(refuseNumbers({ [id]: shipped })).toBeNull();
    expect(withoutDefaults({ [id]: shipped })).toEqual({});
    const same = withNumbers(defaultConfig, { [id]: shipped });
    expect({ ...same, kindWeight: null }).toEqual({ ...defaultConfig, kindWeight: null });
    expect(refuseNumbers({ [id]: max + 1 })).toContain(label);
  },
);

test.each([
  [{ nothing: 1 }, 'There is no parameter "nothing".'],
  [{ __proto__: 1, constructor: 1 }, 'There is no parameter "constructor".'],
  [{ joinAt: Number.NaN }, 'Score to join is between 2 and 15 nats.'],
  [{ maxAlerts: 10.5 }, 'Alerts of an incident is a whole number of alerts.'],
  [{ 'hub.free': 20, 'hub.cap': 20 }, 'A hub fades before it is silent: “Fades from” is the smaller.'],
])('%j is refused in words', (numbers, words) => {
  expect(refuseNumbers(numbers)).toBe(words);
});

test('what is no parameter any more changes nothing', () => {
  expect(withNumbers(defaultConfig, { gone: 3 })).toEqual(defaultConfig);
});

/** Everything the rules look at: shared entities of every kind, echoes, bursts, repeats, stages, full and large incidents. */
function worlds(): Observation[][] {
  const kinds = entityKinds.map((kind, n) =>
    [0, 1, 2].map((at) =>
      observation((n * 40 + at * 7) * minute, `kind-${kind}-${at}`, [
        `device:host-${kind}-${at}`,
        `${kind}:thing-${kind}`,
      ]),
    ),
  );
  const again = [0, 3, 30, 90].map((at) =>
    observation(at * hour, 'named', ['device:a', 'file:tool'], { title: `t${at}` }),
  );
  const repeats = [0, 10, 50, 70, 200].map((at) => observation(at * minute, 'same', ['device:b', 'user:b']));
  return [coldStart(1).observations, campaigns(3, 700).observations, kinds.flat(), again, repeats];
}

const given = worlds();
const outcome = (numbers: Record<string, number>) =>
  given.map((observations) => {
    const correlator = new Correlator(withNumbers(defaultConfig, numbers));
    return observations.map((o) => JSON.stringify({ ...correlator.decide(o), threshold: null }));
  });
const shipped = outcome({});

describe('each parameter has an effect', () => {
  it.each(parameters.map(({ id, min, max }) => [id, min, max] as const))('%s', (id, min, max) => {
    const other = defaultOf(id) === min ? max : min;
    const differs = [other, max].some((value) => {
      const decided = outcome({ [id]: value });
      return decided.some((decisions, n) => decisions.some((decision, at) => decision !== shipped[n]?.[at]));
    });
    expect(differs).toBe(true);
  });
});

describe('what is remembered', () => {
  const decided = given.map((observations) => {
    const correlator = new Correlator(defaultConfig);
    return observations.map((o) => ({ o, decision: correlator.decide(o) }));
  });
  const remembers = (numbers: Record<string, number>) =>
    decided.map((made) => {
      const correlator = new Correlator(withNumbers(defaultConfig, numbers));
      for (const { o, decision } of made) correlator.replay(o, decision);
      return correlator.stateHash();
    });
  const unremembered = parameters.filter(({ remembered }) => !remembered);
  const before = remembers({});

  it.each(['min', 'max'] as const)('does not depend on numbers that only decisions are made from: %s', (end) => {
    const numbers = Object.fromEntries(unremembered.map((parameter) => [parameter.id, parameter[end]]));
    expect(changesMemory(defaultConfig, withNumbers(defaultConfig, numbers))).toBe(false);
    expect(remembers(numbers)).toEqual(before);
  });

  it('depends on the others, which say so', () => {
    for (const { id, min } of parameters.filter(({ remembered }) => remembered))
      expect(changesMemory(defaultConfig, withNumbers(defaultConfig, { [id]: min }))).toBe(true);
    expect(changesMemory(defaultConfig, { ...defaultConfig, restrictToDeviceGroups: true })).toBe(true);
  });

  it('an engine that goes on with another configuration decides as one that remembers the same and began with it', () => {
    const [observations = []] = given;
    const half = Math.floor(observations.length / 2);
    const config = withNumbers(defaultConfig, { joinAt: 3, 'hub.free': 2, 'kindWeight.file': 2 });
    const changed = new Correlator(defaultConfig);
    const fresh = new Correlator(config);
    for (const o of observations.slice(0, half)) fresh.replay(o, changed.decide(o));
    changed.reconfigure(config);
    for (const o of observations.slice(half)) expect(changed.decide(o)).toEqual(fresh.decide(o));
    expect(changed.stateHash()).toBe(fresh.stateHash());
  });
});
