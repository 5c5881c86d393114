import { describe, expect, it } from 'vitest';
import { mostConsidered } from './considered.ts';
import { Correlator } from './correlator.ts';
import { defaultConfig } from './default-config.ts';
import { day, hour, minute, observation } from './testing/make-observation.ts';

/** Ten days of a quiet tenant, in which one administrator is everywhere. */
function watched(config = defaultConfig): Correlator {
  const correlator = new Correlator(config);
  for (let n = 0; n < 400; n++) {
    correlator.decide(observation(n * 35 * minute, `habit-${n % 3}`, [`device:host-${n % 40}`, 'user:shared-admin']));
  }
  return correlator;
}
const on = (at: number, detector: string, entities: string[]) => observation(10 * day + at, detector, entities);

describe('what was considered', () => {
  it('a hub says nothing, and is named', () => {
    const correlator = watched();
    const first = correlator.decide(on(0, 'odd-1', ['device:a', 'user:shared-admin']));
    const alone = correlator.decide(on(minute, 'odd-2', ['device:b', 'user:shared-admin']));
    expect(alone.kind).toBe('opened');
    expect(alone.refusals.find(({ incidentId }) => incidentId === first.incidentId)).toMatchObject({
      reason: 'hub',
      entity: { name: 'shared-admin' },
      ageMs: minute,
    });
  });

  it('what lies too far apart says nothing, and is named', () => {
    const correlator = watched();
    const first = correlator.decide(on(0, 'odd-1', ['device:a']));
    const alone = correlator.decide(on(60 * day, 'odd-2', ['device:a']));
    expect(alone).toMatchObject({ kind: 'opened', score: 0, terms: [] });
    expect(alone.refusals).toMatchObject([
      { incidentId: first.incidentId, reason: 'window', entity: { name: 'a' }, ageMs: 60 * day },
    ]);
  });

  it('what falls short is kept with its score, the best first, at most a few', () => {
    const correlator = watched();
    const opened = Array.from(
      { length: 9 },
      (_, n) => correlator.decide(on(n * minute, `odd-${n}`, [`device:a${n}`, `domain:d${n}.example`])).incidentId,
    );
    const domains = opened.map((_, n) => `domain:d${n}.example`);
    const alone = correlator.decide(on(30 * hour, 'odd-late', domains));
    expect(alone.kind).toBe('opened');
    expect(alone.refusals).toHaveLength(mostConsidered);
    const scores = alone.refusals.map(({ score }) => score);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    for (const { reason, incidentId, score } of alone.refusals) {
      expect(reason).toBe('belowLine');
      expect(opened).toContain(incidentId);
      expect(score).toBeLessThan(alone.threshold);
    }
    expect(alone.score).toBeCloseTo(scores[0] ?? 0, 2);
  });

  it('an incident that scores less than the one joined was outscored', () => {
    const correlator = watched({ ...defaultConfig, mergeAt: 100 });
    const one = correlator.decide(on(0, 'odd-1', ['device:a', 'file:loader'])).incidentId;
    const other = correlator.decide(on(20 * minute, 'odd-2', ['device:b', 'file:tool'])).incidentId;
    const joined = correlator.decide(on(21 * minute, 'odd-3', ['device:a', 'device:b', 'file:loader', 'file:tool']));
    expect([one, other]).toContain(joined.incidentId);
    expect(joined.refusals).toMatchObject([
      { incidentId: joined.incidentId === one ? other : one, reason: 'outscored' },
    ]);
  });

  it('a term carries what it was counted from', () => {
    const correlator = watched();
    correlator.decide(on(0, 'odd-1', ['device:a', 'file:loader']));
    const far = correlator.decide(on(14 * minute, 'odd-2', ['device:b', 'file:loader']));
    expect(far.kind).toBe('joined');
    const file = far.terms.find(({ entity }) => entity?.kind === 'file');
    expect(file?.basis).toEqual({ of: 'artefact', assets: 2, elsewhere: 0, days: expect.any(Number) });
    const again = correlator.decide(on(20 * minute, 'odd-3', ['device:b']));
    expect(again.terms[0]?.basis).toEqual({ of: 'asset', firedHours: 0, watchedHours: 0 });
  });
});
