import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { fileLimits } from '../intake/intake-limits.ts';
import { readSettings } from '../settings.ts';
import { assignmentLines, correlateBodies } from './correlate-bodies.ts';
import { inputBytes, inputFiles } from './input-files.ts';
import { progressBar } from './progress-bar.ts';
import { readChoices } from './read-choices.ts';
import { UsageError, type Verb } from './verb.ts';

/** `throughline correlate`: the engine alone, from alerts to incidents, without a server. */
export const correlateVerb: Verb = {
  usage: 'FILE|DIRECTORY|-… [--out FILE] [--explain ALERTID] [--source NAME] [--settings FILE]',
  help: [
    '  --out FILE         where to write; standard output without it',
    '  --explain ALERTID  print the whole arithmetic of one alert instead',
    '  --source NAME      accept only this format',
    '  --settings FILE    decide by these settings (JSON), as in docs/correlation-settings.md',
    '',
    'Writes {"alertId","incidentId","reasons":[…]} for each alert once, in the order of the input. alertId is the one',
    'the sender knows; incidentId is the incident at the end, after merges.',
  ].join('\n'),
  async run(args) {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        out: { type: 'string' },
        explain: { type: 'string' },
        source: { type: 'string', default: 'auto' },
        settings: { type: 'string' },
      },
    });
    if (positionals.length === 0) throw new UsageError('Name at least one file, or "-" for standard input.');
    const files = await inputFiles(positionals);
    const total = files.reduce((sum, { size = 0 }) => sum + size, 0);
    const bar = progressBar(process.stderr, total > 0 ? total : undefined);
    let bytes = 0;
    let records = 0;
    const bodies = files.map((file) => ({
      source: values.source,
      bytes: inputBytes(file, (length) => {
        bytes += length;
        bar.update(bytes, records);
      }),
    }));
    const now = new Date();
    const result = await correlateBodies(bodies, {
      limits: fileLimits(readSettings(process.env)),
      now,
      settings: await readChoices(values.settings, now),
      explain: values.explain,
      onAlerts: (count) => {
        records = count;
      },
    });
    bar.clear();
    if (values.explain !== undefined) {
      if (result.explanation === undefined) throw new UsageError(`There is no alert ${values.explain} in the input.`);
      console.log(result.explanation);
      return 0;
    }
    await pipeline(assignmentLines(result), values.out === undefined ? process.stdout : createWriteStream(values.out), {
      end: values.out !== undefined,
    });
    const { alerts, incidents } = result.counts();
    console.error(`${alerts} alerts in ${incidents} incidents and groups, ${result.rejected} records were no alerts`);
    return 0;
  },
};
