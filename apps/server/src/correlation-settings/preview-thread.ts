import { parentPort, workerData } from 'node:worker_threads';
import { defaultConfig, type PastAlert, rulesOf, TwoReplays } from '@throughline/correlate';
import type { CorrelationChoices } from '@throughline/model';
import { chosenConfig } from '../pipeline/settings-in-force.ts';

/** What the thread is started with; `survivors` are today's identities of entities that exceptions name. */
export type PreviewTask = {
  before: CorrelationChoices;
  after: CorrelationChoices;
  survivors: ReadonlyMap<string, string>;
  /** When exceptions are looked at, ms UTC. */
  now: number;
};
/** What is said to the thread: alerts in order; then, that there are no more. */
export type PreviewQuestion = { alerts: readonly PastAlert[] } | 'compare';
/** What it answers: how many it has replayed; then, the comparison. */
export type PreviewAnswer = { done: number } | { comparison: ReturnType<TwoReplays['compare']> };

// Replays alerts beside the server, which goes on answering meanwhile.
const port = parentPort;
if (port !== null) {
  const { before, after, survivors, now } = workerData as PreviewTask;
  const settings = (choices: CorrelationChoices) => ({
    config: chosenConfig(defaultConfig, choices),
    rules: rulesOf(choices.exceptions, (id) => survivors.get(id) ?? id, now),
  });
  const replays = new TwoReplays(settings(before), settings(after));
  port.on('message', (question: PreviewQuestion) => {
    if (question === 'compare') port.postMessage({ comparison: replays.compare() } satisfies PreviewAnswer);
    else {
      for (const alert of question.alerts) replays.add(alert);
      port.postMessage({ done: replays.alerts } satisfies PreviewAnswer);
    }
  });
}
