import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { compile, type Detector, type RuleFault, readRules } from '@throughline/detect';
import {
  detectEvents,
  type EventCounts,
  type EventPlaces,
  type MatchLine,
  matchLine,
} from '../detect/detect-events.ts';
import { readRuleFiles } from '../detect/rule-files.ts';
import { fileLimits } from '../intake/intake-limits.ts';
import { readSettings } from '../settings.ts';
import { type InputFile, inputBytes, inputFiles } from './input-files.ts';
import { progressBar } from './progress-bar.ts';
import { UsageError, type Verb } from './verb.ts';

/** What lies beside events in a directory and holds none. */
const noEvents = /\.(?:ya?ml|md)$/i;

/** `throughline detect`: Sigma rules over files of events, without a server. */
export const detectVerb: Verb = {
  usage: '--rules FILE|DIRECTORY… --events FILE|DIRECTORY|-… [--out FILE]',
  help: [
    '  --rules PATH   Sigma rules, correlations and filters; may be given more than once',
    '  --events PATH  events in any format that intake reads, packed or not, EVTX included; may be given more than once',
    '  --out FILE     where to write; standard output without it',
    '',
    'Writes {"ruleId","rule","level","author","source","line","timestamp"} for each match, in the order of the events.',
    'source is the event file, line the number of the record in it, from 1. Rules that cannot be used are told on standard',
    'error, and counted at the end; all others are judged.',
  ].join('\n'),
  async run(args) {
    const { values } = parseArgs({
      args,
      options: {
        rules: { type: 'string', multiple: true },
        events: { type: 'string', multiple: true },
        out: { type: 'string' },
      },
    });
    if (values.rules === undefined) throw new UsageError('Name the rules with --rules.');
    if (values.events === undefined) throw new UsageError('Name the events with --events, or "-" for standard input.');
    const named = values.events;
    const files = (await inputFiles(named)).filter(({ name }) => named.includes(name) || !noEvents.test(name));
    const set = readRules(await readRuleFiles(values.rules));
    const detector = compile(set);
    const faults = [...set.faults, ...detector.faults];
    for (const fault of faults) console.error(faultLine(fault));
    if (set.rules.length === 0) throw new UsageError('There are no rules to judge by.');
    const counts: EventCounts = { records: 0, events: 0, matches: 0 };
    await pipeline(
      matchLines(files, detector, counts),
      values.out === undefined ? process.stdout : createWriteStream(values.out),
      { end: values.out !== undefined },
    );
    const { records, events, matches } = counts;
    console.error(
      `${matches} matches in ${events} events by ${set.rules.length} rules; ${records - events} records were no telemetry, ` +
        `${faults.length} rules could not be used`,
    );
    return 0;
  },
};

async function* matchLines(
  files: readonly InputFile[],
  detector: Detector,
  counts: EventCounts,
): AsyncGenerator<string> {
  const limits = fileLimits(readSettings(process.env));
  const total = files.reduce((sum, { size = 0 }) => sum + size, 0);
  const bar = progressBar(process.stderr, total > 0 ? total : undefined);
  const places: EventPlaces = new WeakMap();
  let read = 0;
  for (const file of files) {
    const bytes = inputBytes(file, (length) => {
      read += length;
      bar.update(read, counts.records);
    });
    for await (const matches of detectEvents({ source: file.name, bytes }, detector, limits, counts, places)) {
      yield ndjson(matches);
    }
  }
  const last = detector.finish().map((match) => matchLine(match, places));
  counts.matches += last.length;
  yield ndjson(last);
  bar.clear();
}

function ndjson(matches: readonly MatchLine[]): string {
  return matches.map((match) => `${JSON.stringify(match)}\n`).join('');
}

function faultLine({ path, line, reason, title }: RuleFault): string {
  return `${path}:${line}: ${reason}${title === undefined ? '' : ` (${title})`}`;
}
