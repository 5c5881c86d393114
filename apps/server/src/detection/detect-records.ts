import type { TelemetryEvent } from '@throughline/model';
import type { EventRecord, FoundDetection, RuleCounts } from '@throughline/store';
import { firstAlert, foldId } from './alert-of-match.ts';
import { evidenceOfRows } from './evidence-of-rows.ts';
import { exceptionFor } from './exceptions.ts';
import { assetOf } from './row-values.ts';
import type { RuleBook } from './rule-book.ts';

/** What rules found in stored records. `hits` counts uses of exceptions by their number. */
export type Detected = { found: FoundDetection[]; counts: Map<string, RuleCounts>; hits: Map<number, number> };

/** Events judged before other work may run. */
const breathEvery = 500;
const mostRecords = 50;
/** Matches of one fold from which evidence is taken. */
const evidenceFrom = 10;

/** Judges stored records; repeats of one rule on one asset within its window fold. Other work may run in between. */
export async function detectRecords(
  book: RuleBook,
  tenantId: string,
  stored: readonly { record: EventRecord; event: TelemetryEvent }[],
  now: Date,
): Promise<Detected> {
  const folds = new Map<string, FoundDetection & { records: string[] }>();
  const counts = new Map<string, RuleCounts>();
  const hits = new Map<number, number>();
  let untilBreath = breathEvery;
  for (const { record, event } of stored) {
    if (--untilBreath === 0) {
      await new Promise(setImmediate);
      untilBreath = breathEvery;
    }
    for (const { rule } of book.detector.match(event)) {
      const count = countsOf(counts, rule.id);
      count.matches++;
      const exception = exceptionFor(book.exceptions, rule.id, event, record.rows, now.getTime());
      if (exception !== undefined) {
        count.excepted++;
        hits.set(exception.id, (hits.get(exception.id) ?? 0) + 1);
        continue;
      }
      const asset = assetOf(record.rows);
      const alertId = foldId(tenantId, rule.id, asset, event.time, book.windowMs(rule.id));
      const known = folds.get(alertId);
      if (known === undefined) {
        const alert = firstAlert(rule, alertId, tenantId, event.time, evidenceOfRows(record.rows));
        const { time } = event;
        folds.set(alertId, {
          alertId,
          ruleId: rule.id,
          asset,
          count: 1,
          first: time,
          last: time,
          records: [record.key],
          alert,
        });
        continue;
      }
      known.count++;
      known.first = Math.min(known.first, event.time);
      known.last = Math.max(known.last, event.time);
      if (known.records.length < mostRecords) known.records.push(record.key);
      if (known.count <= evidenceFrom) addEvidence(known, record);
    }
  }
  return { found: [...folds.values()], counts, hits };
}

/** The counts of a rule, beginning at nothing. */
export function countsOf(counts: Map<string, RuleCounts>, ruleId: string): RuleCounts {
  let count = counts.get(ruleId);
  if (count === undefined) {
    count = { ruleId, matches: 0, alerts: 0, folded: 0, excepted: 0, throttled: 0, costUs: 0 };
    counts.set(ruleId, count);
  }
  return count;
}

function addEvidence({ alert }: FoundDetection, { rows }: EventRecord): void {
  const known = new Set(alert.evidence.map((one) => JSON.stringify(one)));
  for (const one of evidenceOfRows(rows)) if (!known.has(JSON.stringify(one))) alert.evidence.push(one);
}
