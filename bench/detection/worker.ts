// A thread that judges its share of the records again and again on demand: tells when it is ready and when it is done.
import { parentPort, workerData } from 'node:worker_threads';
import { compile, type RuleFile, readRules } from '@throughline/detect';
import { eventOf } from './pass.ts';

const { rules, records } = workerData as { rules: RuleFile[]; records: string[] };
const detector = compile(readRules(rules));
const run = () => {
  for (const record of records) {
    const event = eventOf(record);
    if (event !== undefined) detector.match(event);
  }
};
run();
parentPort?.postMessage('ready');
parentPort?.on('message', () => {
  run();
  parentPort?.postMessage('done');
});
