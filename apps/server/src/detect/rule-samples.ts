import { readFile } from 'node:fs/promises';
import { compile, type RuleFile, readRules } from '@throughline/detect';
import { readTelemetry } from '@throughline/intake';

/** What is wrong with a rule's own samples; `path` is the rule's. */
export interface SampleFault {
  readonly path: string;
  readonly reason: string;
}

/**
 * Runs rules over the samples beside them (`NAME.samples.json`: records that must be reported under `matches`, and ones
 * that must not under `nearMisses`). The first rule of a file is the one that is meant; of a correlation, all records
 * together must be reported. Rules without samples are counted, not faults.
 */
export async function testSamples(files: readonly RuleFile[]): Promise<{ tested: number; faults: SampleFault[] }> {
  const faults: SampleFault[] = [];
  let tested = 0;
  for (const file of files) {
    const text = await readFile(file.path.replace(/\.ya?ml$/i, '.samples.json'), 'utf8').catch(() => undefined);
    if (text === undefined) continue;
    tested += 1;
    const reason = faultOf(file, text);
    if (reason !== undefined) faults.push({ path: file.path, reason });
  }
  return { tested, faults };
}

function faultOf(file: RuleFile, text: string): string | undefined {
  const set = readRules([file]);
  const [broken] = set.faults;
  if (broken) return `line ${broken.line}: ${broken.reason}`;
  const meant = [...set.correlations, ...set.rules][0];
  if (meant === undefined) return 'holds no rule';
  let samples: { matches?: unknown[]; nearMisses?: unknown[] };
  try {
    samples = JSON.parse(text);
  } catch {
    return 'its samples are no JSON';
  }
  const detector = () => compile(set);
  const reports = (judge: ReturnType<typeof detector>, record: unknown) => {
    const telemetry = readTelemetry(record, { now: new Date() });
    if (telemetry === undefined) return undefined;
    return judge.match(telemetry.event).filter(({ rule }) => rule.id === meant.id).length;
  };
  const together = set.correlations.length > 0;
  for (const [kind, records] of [
    ['match', samples.matches ?? []],
    ['near miss', samples.nearMisses ?? []],
  ] as const) {
    let judge = detector();
    let sum = 0;
    for (const [at, record] of records.entries()) {
      if (!together) judge = detector();
      const found = reports(judge, record);
      if (found === undefined) return `${kind} ${at + 1} is no telemetry that intake reads`;
      sum += found;
      if (!together && kind === 'match' && found === 0) return `match ${at + 1} is not reported`;
      if (kind === 'near miss' && found > 0) return `near miss ${at + 1} is reported`;
    }
    if (together && kind === 'match' && records.length > 0 && sum === 0) return 'its matches together are not reported';
  }
  return undefined;
}
