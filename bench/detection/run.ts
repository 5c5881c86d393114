import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { compile, type RuleFile, readRules } from '@throughline/detect';
import { figure, median, printTable } from '../table.ts';
import { corpusPresent, windowsRecords, windowsRules } from './corpus.ts';
import { pass } from './pass.ts';

const passes = 5;

/** Sigma rules over recorded Windows events, beside JSON.parse of the same bytes: one event, more rules, worst rules, threads. */
export async function benchDetect(): Promise<void> {
  if (!corpusPresent) {
    console.log('\nDetection: the public rules and recordings are not beside the project; left out');
    return;
  }
  const [rules, records] = [windowsRules(), await windowsRecords(8)];
  const started = performance.now();
  const set = readRules(rules);
  const readMs = performance.now() - started;
  const detector = compile(set, { clock: () => performance.now() });
  const compileMs = performance.now() - started - readMs;
  const firstStart = performance.now();
  const { matches } = pass(records, detector);
  const firstMs = performance.now() - firstStart;
  const tenth = compile({ ...set, rules: set.rules.filter((_, n) => n % 10 === 0) });
  pass(records, tenth);
  const all = [];
  const few = [];
  for (let n = 0; n < passes; n++) {
    all.push(pass(records, detector));
    few.push(pass(records, tenth));
  }
  const parse = median(all.map((one) => one.parse));
  const judge = median(all.map((one) => one.judge));
  const judgeFew = median(few.map((one) => one.judge));
  const costs = detector.costs();
  const evaluations = costs.reduce((sum, one) => sum + one.evaluations, 0) / records.length / (passes + 1);
  const judgedMs = (judge * records.length * (passes + 1)) / 1000;
  printTable(
    `Detection: ${figure(set.rules.length)} rules over ${figure(records.length)} Windows events, ${matches} matches`,
    ['CPU µs an event', 'value', '× JSON.parse'],
    [
      ['JSON.parse of the same bytes', figure(parse, 2), '1.00'],
      ['all rules', figure(judge, 2), figure(judge / parse, 2)],
      [`a tenth of the rules (${tenth.costs().length})`, figure(judgeFew, 2), figure(judgeFew / parse, 2)],
      ['ten times the rules cost', `${figure(judge / judgeFew, 2)} ×`, ''],
      ['rules evaluated an event', figure(evaluations, 2), ''],
    ],
  );
  printTable(
    'Detection: once',
    ['what', 'value'],
    [
      ['read the rules, ms', figure(readMs)],
      ['compile, ms', figure(compileMs)],
      ['first pass, with the indexes it builds, ms', figure(firstMs)],
      ['tables, MB', figure(detector.tableBytes() / 1e6, 2)],
    ],
  );
  printTable(
    'Detection: the dearest rules',
    ['rule', 'evaluations', 'matches', '% of all'],
    costs
      .sort((a, b) => b.estimatedMs - a.estimatedMs)
      .slice(0, 8)
      .map(({ ruleId, evaluations: times, matches: found, estimatedMs }) => [
        set.rules.find(({ id }) => id === ruleId)?.title ?? ruleId,
        figure(times),
        figure(found),
        figure((100 * estimatedMs) / judgedMs, 2),
      ]),
  );
  const one = await threads(1, rules, records);
  const two = await threads(2, rules, records);
  printTable(
    'Detection: threads, from JSON text to matches',
    ['threads', 'events/s'],
    [
      ['one', figure(one)],
      ['two', figure(two)],
      ['gain', `${figure(two / one, 2)} ×`],
    ],
  );
}

/** Events a second with so many threads, each with its share of the records. */
async function threads(count: number, rules: readonly RuleFile[], records: readonly string[]): Promise<number> {
  const workers = Array.from({ length: count }, (_, n) => {
    const share = records.filter((_record, place) => place % count === n);
    return new Worker(new URL('./worker.ts', import.meta.url), { workerData: { rules, records: share } });
  });
  await Promise.all(workers.map((worker) => once(worker, 'message')));
  const seconds: number[] = [];
  for (let n = 0; n < 3; n++) {
    const started = performance.now();
    await Promise.all(
      workers.map((worker) => {
        const done = once(worker, 'message');
        worker.postMessage('again');
        return done;
      }),
    );
    seconds.push((performance.now() - started) / 1000);
  }
  await Promise.all(workers.map((worker) => worker.terminate()));
  return records.length / median(seconds);
}
