import { beforeAll, describe, expect, it } from 'vitest';
import { Correlator } from './correlator.ts';
import { defaultConfig } from './default-config.ts';
import { type Campaigns, campaigns } from './testing/campaigns.ts';

describe.each([1, 2, 3])('campaigns among hubs (seed %i)', (seed) => {
  let planted: Campaigns;
  let correlator: Correlator;
  const members = new Map<number, (number | null)[]>();

  beforeAll(() => {
    planted = campaigns(seed, 8_000);
    correlator = new Correlator(defaultConfig);
    for (const o of planted.observations) correlator.decide(o);
    for (const { alertId } of planted.observations) {
      const id = correlator.incidentOf(alertId) ?? -1;
      const list = members.get(id) ?? [];
      list.push(planted.campaignOf.get(alertId) ?? null);
      members.set(id, list);
    }
  });

  /** For each campaign alert, the share of its incident that is of its campaign. */
  function purity(): number {
    let [sum, all] = [0, 0];
    for (const list of members.values()) {
      for (const campaign of new Set(list)) {
        if (campaign === null) continue;
        const own = list.filter((other) => other === campaign).length;
        sum += (own * own) / list.length;
        all += own;
      }
    }
    return sum / all;
  }

  it('keeps campaigns apart and noise out', () => {
    expect(purity()).toBeGreaterThan(0.93);
  });

  it('keeps campaigns together', () => {
    const largest = new Map<number, number>();
    const sizes = new Map<number, number>();
    for (const list of members.values()) {
      for (const campaign of new Set(list)) {
        if (campaign === null) continue;
        const own = list.filter((other) => other === campaign).length;
        largest.set(campaign, Math.max(largest.get(campaign) ?? 0, own));
        sizes.set(campaign, (sizes.get(campaign) ?? 0) + own);
      }
    }
    const sum = (values: Iterable<number>) => [...values].reduce((a, b) => a + b, 0);
    expect(sum(largest.values()) / sum(sizes.values())).toBeGreaterThan(0.88);
  });

  it('merges nothing into a giant', () => {
    const incidents = [...members.values()].filter((list) => list.some((campaign) => campaign !== null));
    expect(Math.max(...incidents.map((list) => list.length))).toBeLessThan(100);
  });
});
