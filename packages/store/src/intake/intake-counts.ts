import type { Reject } from '@throughline/model';

type Counted = { tenantId: string; alerts: readonly { source: string }[]; rejects: readonly Reject[] };
type SourceCount = { tenantId: string; source: string; received: number; rejected: number };
type ReasonCount = { tenantId: string; source: string; reason: string; count: number };

/** What a set of requests adds to the ledger, by tenant and source, and by reason for what was rejected. */
export function countIntake(requests: readonly Counted[]): { sources: SourceCount[]; reasons: ReasonCount[] } {
  const sources = new Map<string, SourceCount>();
  const reasons = new Map<string, ReasonCount>();
  for (const { tenantId, alerts, rejects } of requests) {
    const of = (source: string): SourceCount => {
      const key = `${tenantId}\n${source}`;
      let count = sources.get(key);
      if (!count) {
        count = { tenantId, source, received: 0, rejected: 0 };
        sources.set(key, count);
      }
      return count;
    };
    for (const { source } of alerts) of(source).received++;
    for (const { source, reason } of rejects) {
      const count = of(source);
      count.received++;
      count.rejected++;
      const key = `${tenantId}\n${source}\n${reason}`;
      const known = reasons.get(key);
      if (known) known.count++;
      else reasons.set(key, { tenantId, source, reason, count: 1 });
    }
  }
  return { sources: [...sources.values()], reasons: [...reasons.values()] };
}

/** Alerts by source. */
export function countSources(alerts: readonly { source: string }[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const { source } of alerts) counts.set(source, (counts.get(source) ?? 0) + 1);
  return Object.fromEntries(counts);
}
