import type { Decision } from '@throughline/model';
import { describe, expect, it } from 'vitest';
import { Correlator } from './correlator.ts';
import { defaultConfig } from './default-config.ts';
import { campaigns } from './testing/campaigns.ts';
import { coldStart } from './testing/cold-start.ts';

describe('replay', () => {
  it('rebuilds the state that decided, at every prefix', () => {
    const { observations } = coldStart(3);
    const live = new Correlator(defaultConfig);
    const rebuilt = new Correlator(defaultConfig);
    for (const o of observations) {
      // What is stored is JSON.
      const stored = JSON.parse(JSON.stringify(live.decide(o))) as Decision;
      rebuilt.replay(JSON.parse(JSON.stringify(o)), stored);
      expect(rebuilt.stateHash()).toBe(live.stateHash());
    }
  });

  it('decides after a restart as the one before would have', () => {
    const { observations } = campaigns(4, 3_000);
    const whole = new Correlator(defaultConfig);
    const all = observations.map((o) => whole.decide(o));
    const restarted = new Correlator(defaultConfig);
    observations.slice(0, 2_000).forEach((o, n) => {
      restarted.replay(o, all[n] as Decision);
    });
    const rest = observations.slice(2_000).map((o) => restarted.decide(o));
    expect(rest).toEqual(all.slice(2_000));
    expect(restarted.stateHash()).toBe(whole.stateHash());
  });

  it('gives the same bytes for the same alerts', () => {
    const run = () => {
      const correlator = new Correlator(defaultConfig);
      return JSON.stringify(coldStart(5).observations.map((o) => correlator.decide(o)));
    };
    expect(run()).toBe(run());
  });

  it('takes a stored decision twice without harm', () => {
    const { observations } = coldStart(1);
    const correlator = new Correlator(defaultConfig);
    const [o] = observations;
    if (!o) throw new Error('no alerts');
    const decision = correlator.decide(o);
    const before = correlator.stateHash();
    correlator.replay(o, decision);
    expect(correlator.stateHash()).toBe(before);
  });

  it('goes on numbering where the replayed decisions ended', () => {
    const correlator = new Correlator(defaultConfig, { nextIncidentId: 500 });
    const [first, second] = coldStart(1).observations;
    if (!first || !second) throw new Error('no alerts');
    expect(correlator.decide(first).incidentId).toBe(500);
  });
});
