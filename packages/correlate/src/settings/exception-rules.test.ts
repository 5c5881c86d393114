import type { CorrelationException } from '@throughline/model';
import { describe, expect, test } from 'vitest';
import type { CorrelationConfig } from '../config.ts';
import { Correlator } from '../correlator.ts';
import { defaultConfig } from '../default-config.ts';
import { minute, observation } from '../testing/make-observation.ts';
import { absorbInRules, applyExceptions, rulesOf } from './exception-rules.ts';

const now = Date.UTC(2026, 0, 6);
const itself = (id: string) => id;

function exception(fields: Partial<CorrelationException>): CorrelationException {
  return {
    id: 'x1',
    subject: 'detection',
    effect: 'standAlone',
    value: 'product/noisy',
    name: 'Noisy',
    kind: null,
    reason: 'It talks to itself.',
    expiresDateTime: null,
    createdBy: 'mira',
    createdDateTime: '2026-01-01T00:00:00.000Z',
    ...fields,
  };
}

const seen = observation(0, 'noisy', ['device:a', 'file:tool'], { productName: 'Scanner', title: 'Port scan' });

describe('standing alone', () => {
  test.each<[string, Partial<CorrelationException>, boolean]>([
    ['its detection', {}, true],
    ['another detection', { value: 'product/quiet' }, false],
    ['its title', { subject: 'title', value: 'Port scan' }, true],
    ['its product', { subject: 'product', value: 'Scanner' }, true],
    ['its source', { subject: 'source', value: 'product' }, true],
    ['an entity it names', { subject: 'entity', value: 'file tool', kind: 'file' }, true],
    ['an entity it does not name', { subject: 'entity', value: 'file other', kind: 'file' }, false],
    ['an exception that ended', { expiresDateTime: '2026-01-05T23:59:59.000Z' }, false],
    ['one that has not ended', { expiresDateTime: '2026-01-06T00:00:01.000Z' }, true],
    ['a hub, which is another matter', { subject: 'entity', value: 'device a', effect: 'alwaysHub' }, false],
  ])('%s', (_, fields, alone) => {
    const applied = applyExceptions(seen, rulesOf([exception(fields)], itself, now));
    expect(applied).toEqual(alone ? { ...seen, optOut: true, leftOutBy: 'x1' } : seen);
  });

  test('an alert left out joins nothing, and nothing joins it', () => {
    const correlator = new Correlator(defaultConfig);
    const rules = rulesOf([exception({})], itself, now);
    const put = (at: number, detector: string) =>
      correlator.decide(applyExceptions(observation(at * minute, detector, ['device:a', 'file:tool']), rules));
    const first = put(0, 'one');
    const alone = put(1, 'noisy');
    const next = put(2, 'two');
    expect(alone).toMatchObject({ kind: 'opened', refusals: [{ incidentId: first.incidentId, reason: 'optOut' }] });
    expect(next).toMatchObject({ kind: 'joined', incidentId: first.incidentId });
    expect(put(3, 'noisy').incidentId).not.toBe(alone.incidentId);
  });

  test('an exception taken back lets a replay take the alert in; a rule that asked for it stays left out', () => {
    const none = rulesOf([], itself, now);
    const left = applyExceptions(seen, rulesOf([exception({})], itself, now));
    expect(applyExceptions(left, none)).toEqual({ ...seen, optOut: false });
    expect(applyExceptions({ ...seen, optOut: true }, none)).toEqual({ ...seen, optOut: true });
  });
});

describe('hubs', () => {
  const scanner = 'device scanner';
  const configWith = (effect: 'alwaysHub' | 'neverHub', value = scanner): CorrelationConfig => {
    const { hubs } = rulesOf([exception({ subject: 'entity', effect, value })], itself, now);
    return { ...defaultConfig, hub: { ...defaultConfig.hub, named: hubs } };
  };
  const pair = (config: CorrelationConfig) => {
    const correlator = new Correlator(config);
    const one = correlator.decide(observation(0, 'one', ['device:scanner', 'user:a']));
    return [one, correlator.decide(observation(minute, 'two', ['device:scanner', 'user:b']))] as const;
  };

  test('a device that is always a hub links nothing, though nothing was measured', () => {
    const [one, two] = pair(defaultConfig);
    expect(two.incidentId).toBe(one.incidentId);
    const [first, second] = pair(configWith('alwaysHub'));
    expect(second).toMatchObject({ kind: 'opened', terms: [] });
    expect(second.incidentId).not.toBe(first.incidentId);
    expect(second.novelty).toBe(two.novelty);
  });

  test('a sweep does not link through it either', () => {
    const sweep = (config: CorrelationConfig) => {
      const correlator = new Correlator(config);
      correlator.decide(observation(0, 'sweep', ['device:scanner']));
      return correlator.decide(observation(1_000, 'sweep', ['device:b'])).terms.map(({ signal }) => signal);
    };
    expect(sweep(defaultConfig)).toContain('affinity');
    expect(sweep(configWith('alwaysHub'))).not.toContain('affinity');
  });

  test('an artefact that is never a hub goes on to link where others fall silent', () => {
    const linked = (config: CorrelationConfig) => {
      const correlator = new Correlator(config);
      for (let n = 0; n < 40; n++) correlator.decide(observation(n * minute, `d${n}`, [`device:h${n}`, 'file:agent']));
      const last = correlator.decide(observation(41 * minute, 'late', ['device:new', 'file:agent']));
      return last.terms.some(({ signal, contribution }) => signal === 'sharedArtefact' && contribution > 1);
    };
    expect(linked(defaultConfig)).toBe(false);
    expect(linked(configWith('neverHub', 'file agent'))).toBe(true);
  });
});

test('what was said of an identity holds for the one it turned out to be', () => {
  const rules = rulesOf(
    [
      exception({ subject: 'entity', value: 'device old' }),
      exception({ id: 'x2', subject: 'entity', value: 'user old', effect: 'neverHub' }),
      exception({ id: 'x3', subject: 'entity', value: 'file old', effect: 'alwaysHub' }),
    ],
    (id) => id.replace('file old', 'file new'),
    now,
  );
  absorbInRules(rules, 'device old', 'device new');
  absorbInRules(rules, 'user old', 'user new');
  expect(rules.entities.get('device new')).toBe('x1');
  expect(rules.hubs.get('user new')).toBe('never');
  expect(rules.hubs.get('file new')).toBe('always');
});
