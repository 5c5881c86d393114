import type { RuleFile } from '@throughline/detect';
import type { TelemetryEvent } from '@throughline/model';
import {
  appendBatch,
  countDetections,
  type Db,
  type EventRecord,
  holdRule,
  knownFolds,
  type Throttle,
  writeDetections,
} from '@throughline/store';
import type { NoteRun } from '../operations-watch/job-registry.ts';
import type { PipelineLog } from '../pipeline/worker.ts';
import { detectionSource, toldAlert } from './alert-of-match.ts';
import { countsOf, type Detected, detectRecords } from './detect-records.ts';
import { HoldBack, type HoldLimits } from './hold-back.ts';
import { type RuleBook, ruleBooks } from './rule-book.ts';

export type DetectionOptions = {
  db: Db;
  tenantId: string;
  /** Rule files from disk. */
  files: readonly RuleFile[];
  log: PipelineLog;
  note?: NoteRun | undefined;
  limits?: HoldLimits | undefined;
};

/** Detection on a tenant's telemetry. */
export type Detection = {
  /** Judges stored records and says what to write: nothing is written yet. */
  judge(
    stored: readonly { record: EventRecord; event: TelemetryEvent }[],
    now: Date,
  ): Promise<(trx: Db) => Promise<void>>;
};

/**
 * Detection with the rules as they hold now. What `judge` returns writes the alerts into the intake log, so that they go
 * the way of all alerts, with all counts, within the transaction in which their records are noted as done.
 */
export function startDetection(options: DetectionOptions): Detection {
  const { db, tenantId, files, log, note } = options;
  const bookAt = ruleBooks(db, tenantId, files, () => performance.now());
  const holdBack = new HoldBack(options.limits);
  let told: RuleBook | undefined;
  const costs = new WeakMap<RuleBook['detector'], Map<string, number>>();

  return {
    async judge(stored, now) {
      const book = await bookAt(now);
      if (book !== told) {
        tellBook(book, told, log);
        told = book;
      }
      const detected = await detectRecords(book, tenantId, stored, now);
      const expensive = holdBack.tooExpensive(book.detector.costs(), now);
      addCosts(book, costs, detected);
      const known = await knownFolds(
        db,
        tenantId,
        detected.found.map(({ alertId }) => alertId),
      );
      const fresh = detected.found.filter(({ alertId }) => !known.has(alertId));
      const { raised, throttled, holds } = holdBack.sort(fresh, book.held, now);
      const repeats = detected.found.filter(({ alertId }) => known.has(alertId));
      for (const { ruleId, count } of repeats) countsOf(detected.counts, ruleId).folded += count;
      for (const { ruleId, count } of throttled) countsOf(detected.counts, ruleId).throttled += count;
      for (const { ruleId, count } of raised) {
        const counts = countsOf(detected.counts, ruleId);
        counts.alerts++;
        counts.folded += count - 1;
      }
      const toHold = [...holds, ...expensive];
      for (const throttle of toHold) log.warn(heldWords(throttle, book));
      tellHeld([...book.held.values(), ...toHold], book, tenantId, note);
      return async (trx) => {
        const folded = await writeDetections(trx, tenantId, [...raised, ...repeats]);
        if (folded.length > 0) {
          const alerts = folded.map((one) => ({ source: detectionSource, alert: toldAlert(one.alert, one, now) }));
          await appendBatch(trx, { tenantId, alerts, rejects: [], received: alerts.length });
        }
        await countDetections(trx, tenantId, now, [...detected.counts.values()], detected.hits);
        for (const throttle of toHold) await holdRule(trx, tenantId, throttle);
      };
    },
  };
}

function tellBook(book: RuleBook, before: RuleBook | undefined, log: PipelineLog): void {
  if (book.detector === before?.detector) return;
  log.info(`${book.heads.size} detection rules hold; ${book.faults.length} cannot be used`);
  for (const { path, line, reason } of book.faults.slice(0, 20)) log.warn(`${path}:${line}: ${reason}`);
}

/** A job that fails while rules are held back: the watch over the server opens a condition and tells. */
function tellHeld(held: readonly Throttle[], book: RuleBook, tenantId: string, note: NoteRun | undefined): void {
  const job = `Detection rules of tenant ${tenantId}`;
  note?.(job, held.length === 0 ? null : new Error(held.map((throttle) => heldWords(throttle, book)).join('; ')));
}

function heldWords({ ruleId, why, untilDateTime }: Throttle, { heads }: RuleBook): string {
  const title = heads.get(ruleId)?.title ?? ruleId;
  const what = why === 'noisy' ? 'raises too many alerts' : 'takes too much time';
  return `Rule "${title}" (${ruleId}) ${what} and is held back until ${untilDateTime}`;
}

/** What each rule took since the last time, as far as it took anything. */
function addCosts(book: RuleBook, costs: WeakMap<RuleBook['detector'], Map<string, number>>, detected: Detected): void {
  const before = costs.get(book.detector) ?? new Map<string, number>();
  const after = new Map<string, number>();
  for (const { ruleId, estimatedMs } of book.detector.costs()) {
    if (estimatedMs === 0) continue;
    after.set(ruleId, estimatedMs);
    const spent = estimatedMs - (before.get(ruleId) ?? 0);
    if (spent > 0) countsOf(detected.counts, ruleId).costUs += spent * 1000;
  }
  costs.set(book.detector, after);
}
