import type { Observation } from '../observation.ts';
import { Dice } from './dice.ts';
import { minute, observation } from './make-observation.ts';

export type Campaigns = { observations: Observation[]; campaignOf: Map<string, number> };

/**
 * Some weeks of a large tenant: noise on hosts and users of which few are everywhere, and campaigns of 10 to 30 alerts
 * over 2 to 4 hosts, several at a time. Hubs are in everything: a proxy and a scanner by address, a domain controller, an
 * administrator's account that campaigns use too, a program and a domain that everyone has.
 */
export function campaigns(seed: number, alerts: number): Campaigns {
  const dice = new Dice(seed);
  const begin = (id: number) => ({
    id,
    left: 10 + dice.below(21),
    hosts: Array.from({ length: 2 + dice.below(3) }, () => `host-${200 + dice.below(1800)}`),
    user: `user-${200 + dice.below(1800)}`,
    file: `sha-campaign-${id}`,
  });
  let next = 6;
  const running = Array.from({ length: 6 }, (_, id) => begin(id));
  const campaignOf = new Map<string, number>();
  const observations = Array.from({ length: alerts }, (_, n) => {
    const alertId = `alert-${n}`;
    const time = n * minute * 2;
    const hubs = ['ip:10.0.0.3', 'ip:10.0.0.9', 'device:dc-01', 'user:administrator', 'file:powershell.exe'];
    const extra = dice.below(3) === 0 ? [dice.of(hubs)] : [];
    if (dice.below(100) < 85) {
      const entities = [`device:host-${dice.zipf(2000)}`, `user:user-${dice.zipf(2000)}`, ...extra];
      return observation(time, `noise-${dice.zipf(40)}`, entities, { alertId });
    }
    const at = dice.below(running.length);
    const campaign = running[at] as ReturnType<typeof begin>;
    campaignOf.set(alertId, campaign.id);
    if (--campaign.left === 0) running[at] = begin(next++);
    const entities = [`device:${dice.of(campaign.hosts)}`, `user:${campaign.user}`, ...extra];
    if (dice.below(2) === 0) entities.push(`file:${campaign.file}`);
    return observation(time, `attack-${dice.below(30)}`, entities, { alertId });
  });
  return { observations, campaignOf };
}
