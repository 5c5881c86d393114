import type { RuleCost } from '@throughline/detect';
import type { FoundDetection, Throttle } from '@throughline/store';

/** How many new alerts a rule may raise in an hour, and how much of the time all may take, before it is held back. */
export type HoldLimits = { alertsPerHour: number; shareOfTime: number };

export const usualHoldLimits: HoldLimits = { alertsPerHour: 100, shareOfTime: 0.2 };

const hourMs = 3_600_000;
const measureMs = 60_000;

/**
 * Watches over rules that are too noisy or too expensive. It holds a rule back for an hour at a time and says so; a held
 * noisy rule goes on adding to alerts there are, and everything it would have raised is counted.
 */
export class HoldBack {
  readonly #limits: HoldLimits;
  readonly #raised = new Map<string, { since: number; alerts: number }>();
  #measured: { at: number; costs: ReadonlyMap<string, number> } | undefined;

  constructor(limits: HoldLimits = usualHoldLimits) {
    this.#limits = limits;
  }

  /** Parts new detections into those that may be raised and those that are held; names the rules to hold back from now on. */
  sort(
    fresh: readonly FoundDetection[],
    held: ReadonlyMap<string, Throttle>,
    now: Date,
  ): { raised: FoundDetection[]; throttled: FoundDetection[]; holds: Throttle[] } {
    const raised: FoundDetection[] = [];
    const throttled: FoundDetection[] = [];
    const holds = new Map<string, Throttle>();
    for (const one of fresh) {
      if (held.get(one.ruleId)?.why === 'noisy') {
        throttled.push(one);
        continue;
      }
      let count = this.#raised.get(one.ruleId);
      if (count === undefined || now.getTime() - count.since >= hourMs) {
        count = { since: now.getTime(), alerts: 0 };
        this.#raised.set(one.ruleId, count);
      }
      if (count.alerts < this.#limits.alertsPerHour) {
        count.alerts++;
        raised.push(one);
        continue;
      }
      throttled.push(one);
      const facts = { alertsInAnHour: count.alerts, most: this.#limits.alertsPerHour };
      holds.set(one.ruleId, throttleOf(one.ruleId, 'noisy', now, facts));
    }
    return { raised, throttled, holds: [...holds.values()] };
  }

  /** Names rules that took more than their share of the last minute or longer. */
  tooExpensive(costs: readonly RuleCost[], now: Date): Throttle[] {
    const before = this.#measured;
    const took = now.getTime() - (before?.at ?? Number.NEGATIVE_INFINITY);
    if (before !== undefined && took < measureMs) return [];
    this.#measured = {
      at: now.getTime(),
      costs: new Map(costs.map(({ ruleId, estimatedMs }) => [ruleId, estimatedMs])),
    };
    if (before === undefined) return [];
    return costs.flatMap(({ ruleId, estimatedMs }) => {
      const spent = estimatedMs - (before.costs.get(ruleId) ?? 0);
      if (spent <= took * this.#limits.shareOfTime) return [];
      return [throttleOf(ruleId, 'expensive', now, { ms: Math.round(spent), ofMs: took })];
    });
  }
}

function throttleOf(ruleId: string, why: Throttle['why'], now: Date, facts: Record<string, number>): Throttle {
  const untilDateTime = new Date(now.getTime() + hourMs).toISOString();
  return { ruleId, why, sinceDateTime: now.toISOString(), untilDateTime, facts };
}
