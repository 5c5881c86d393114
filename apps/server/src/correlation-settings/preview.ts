import { Worker } from 'node:worker_threads';
import type { CorrelationChoices, ReplayComparison } from '@throughline/model';
import { chooseReplay, type Db, incidentTitles, survivingEntities } from '@throughline/store';
import { pastAlerts } from './past-alerts.ts';
import type { PreviewAnswer, PreviewQuestion, PreviewTask } from './preview-thread.ts';

export type PreviewOptions = {
  db: Db;
  tenantId: string;
  before: CorrelationChoices;
  after: CorrelationChoices;
  now: Date;
  limits: PreviewLimits;
  signal: AbortSignal;
  onProgress: (done: number, total: number) => void;
};

/** How much is replayed: so many days, the newest so many alerts of them, for so long. */
export type PreviewLimits = { days: number; alerts: number; ms: number };

const dayMs = 86_400_000;
const memoryMb = 1_024;

/**
 * Replays the newest alerts with two sets of choices, in a thread of its own, and compares. What is cut, by number or by
 * time, is said in the answer.
 *
 * @throws the signal's reason when it is cancelled; whatever ended the thread.
 */
export async function previewChoices(options: PreviewOptions): Promise<ReplayComparison> {
  const { db, tenantId, before, after, now, limits, signal, onProgress } = options;
  const since = new Date(now.getTime() - limits.days * dayMs).toISOString();
  const range = await chooseReplay(db, tenantId, since, limits.alerts);
  onProgress(0, range.alerts);
  const named = [...before.exceptions, ...after.exceptions].filter(({ subject }) => subject === 'entity');
  const survivors = await survivingEntities(db, tenantId, [...new Set(named.map(({ value }) => value))]);
  const task: PreviewTask = { before, after, survivors, now: now.getTime() };
  const thread = openThread(task, signal);
  try {
    const deadline = performance.now() + limits.ms;
    const placed = before.restrictToDeviceGroups || after.restrictToDeviceGroups;
    let done = 0;
    let first: number | null = null;
    let last: number | null = null;
    let late = false;
    for await (const alerts of pastAlerts(db, tenantId, range, placed)) {
      late = performance.now() > deadline;
      if (late) break;
      for (const { observation } of alerts) {
        first = Math.min(first ?? observation.time, observation.time);
        last = Math.max(last ?? observation.time, observation.time);
      }
      const answer = await thread.ask({ alerts });
      if ('done' in answer) done = answer.done;
      onProgress(done, Math.max(done, range.alerts));
    }
    const answer = await thread.ask('compare');
    if (!('comparison' in answer)) throw new Error('the replay answered out of turn');
    return {
      alerts: done,
      available: Math.max(done, range.available),
      cut: late ? 'time' : range.available > range.alerts ? 'alerts' : 'none',
      firstDateTime: first === null ? null : new Date(first).toISOString(),
      lastDateTime: last === null ? null : new Date(last).toISOString(),
      ...(await withTitles(db, tenantId, answer.comparison)),
    };
  } finally {
    await thread.close();
  }
}

type Comparison = Extract<PreviewAnswer, { comparison: unknown }>['comparison'];

/** Whole incidents get the names people know them by today. */
async function withTitles(db: Db, tenantId: string, comparison: Comparison): Promise<Comparison> {
  const known = comparison.splits.items.flatMap(({ from }) => from.incidentId ?? []);
  const joined = comparison.joins.items.flatMap(({ from }) => from.flatMap(({ incidentId }) => incidentId ?? []));
  const titles = await incidentTitles(db, tenantId, [...new Set([...known, ...joined])]);
  const named = <T extends { incidentId: number | null; title: string }>(incident: T): T => ({
    ...incident,
    title: titles.get(incident.incidentId ?? 0) ?? incident.title,
  });
  const { splits, joins } = comparison;
  return {
    ...comparison,
    splits: { ...splits, items: splits.items.map((split) => ({ ...split, from: named(split.from) })) },
    joins: { ...joins, items: joins.items.map((join) => ({ ...join, from: join.from.map(named) })) },
  };
}

/** A thread that answers one question at a time. Aborted or ended, it fails the question under way. */
function openThread(task: PreviewTask, signal: AbortSignal) {
  signal.throwIfAborted();
  const worker = new Worker(new URL('./preview-thread.ts', import.meta.url), {
    workerData: task,
    resourceLimits: { maxOldGenerationSizeMb: memoryMb },
  });
  let waiting: { resolve(answer: PreviewAnswer): void; reject(error: unknown): void } | null = null;
  let ended: unknown = null;
  const end = (error: unknown) => {
    ended ??= error;
    waiting?.reject(error);
    waiting = null;
  };
  const cancel = () => {
    end(signal.reason);
    void worker.terminate();
  };
  worker.on('message', (answer: PreviewAnswer) => {
    waiting?.resolve(answer);
    waiting = null;
  });
  worker.on('error', end);
  worker.on('exit', () => end(new Error('the replay ended early')));
  signal.addEventListener('abort', cancel, { once: true });
  return {
    ask(question: PreviewQuestion): Promise<PreviewAnswer> {
      if (ended !== null) return Promise.reject(ended);
      return new Promise((resolve, reject) => {
        waiting = { resolve, reject };
        worker.postMessage(question);
      });
    },
    async close() {
      signal.removeEventListener('abort', cancel);
      await worker.terminate();
    },
  };
}
