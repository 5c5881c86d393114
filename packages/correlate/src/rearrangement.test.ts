import { describe, expect, it } from 'vitest';
import { CorrelationState } from './correlation-state.ts';
import { defaultConfig } from './default-config.ts';
import { judge } from './judge.ts';
import { type DecidedAlert, remembered } from './rearrangement.ts';
import { isRepeat } from './repeats.ts';
import { campaigns } from './testing/campaigns.ts';

/** A stream in which every tenth alert comes again at once, correlated; merged incidents and their survivors apart. */
function lived() {
  const state = new CorrelationState(defaultConfig, 1);
  const alerts = new Map<number, DecidedAlert[]>();
  const merged = new Set<number>();
  let repeats = 0;
  for (const [n, observation] of campaigns(4, 3_000).observations.entries()) {
    const again = n % 10 === 0 ? [{ ...observation, alertId: `${observation.alertId}-again` }] : [];
    for (const o of [observation, ...again]) {
      const sighting = state.history.look(o);
      const decision = judge(sighting, state);
      state.fold(sighting, decision);
      if (isRepeat(decision)) repeats++;
      for (const { from, into } of decision.merges) merged.add(from).add(into);
      const own = alerts.get(decision.incidentId) ?? [];
      own.push({ observation: o, decision });
      alerts.set(decision.incidentId, own);
    }
  }
  return { state, repeats, alerts: new Map([...alerts].filter(([id]) => !merged.has(id))) };
}

describe('remembered', () => {
  const { state, repeats, alerts } = lived();
  const { incidents, postings } = remembered(alerts, defaultConfig);

  it('is of incidents what the engine holds that lived through their alerts, repeats among them', () => {
    expect(repeats).toBeGreaterThan(200);
    expect(incidents.length).toBeGreaterThan(100);
    for (const { assets, detectors, different, ...counts } of incidents) {
      const live = state.incidents.get(counts.id);
      expect(live).toMatchObject(counts);
      expect(different).toBeLessThanOrEqual(live?.different ?? 0);
      expect(assets).toEqual(live?.assets.map((index) => state.history.entityAt(index)?.id));
      expect(detectors.map((name) => state.history.detector(name)?.index)).toEqual(live?.detectors);
    }
  });

  it('is of entities every posting that the engine holds', () => {
    const known = new Map(postings);
    let compared = 0;
    for (const [entityId, own] of known) {
      for (const posting of state.history.entity(entityId)?.postings ?? []) {
        if (!alerts.has(posting.incidentId)) continue;
        expect(own).toContainEqual(posting);
        compared++;
      }
    }
    expect(compared).toBeGreaterThan(100);
  });
});
