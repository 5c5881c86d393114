import { parseArgs } from 'node:util';
import { formatNamed, recogniseAll } from '@throughline/intake';
import { dryRun, type IngestTarget, intoDatabase, overHttp } from './ingest-target.ts';
import { type InputFile, inputBytes, inputFiles } from './input-files.ts';
import { progressBar } from './progress-bar.ts';
import { addTotals, emptyTotals, totalsText } from './totals.ts';
import { UsageError, type Verb } from './verb.ts';

/** `throughline ingest`: alerts from files into Throughline. */
export const ingestVerb: Verb = {
  usage: 'FILE|DIRECTORY|-… [--source NAME] [--url URL --token TOKEN] [--dry-run]',
  help: [
    '  --source NAME   accept only this format; without it each record is recognised by its shape',
    '  --url, --token  send to a server over HTTP; without them the server of this data directory takes the alerts,',
    '                  and when none runs its engines are started for as long as this takes',
    '  --dry-run       only read and count',
    '',
    'Reads JSON, NDJSON, CEF and LEEF lines, plain or in gzip, zstd or zip. Formats:',
    ...recogniseAll.map(({ name, about }) => `  ${name.padEnd(18)} ${about}`),
  ].join('\n'),
  async run(args) {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        source: { type: 'string', default: 'auto' },
        url: { type: 'string' },
        token: { type: 'string' },
        'dry-run': { type: 'boolean', default: false },
      },
    });
    if (positionals.length === 0) throw new UsageError('Name at least one file, or "-" for standard input.');
    const { source } = values;
    if (source !== 'auto' && !source.startsWith('mapping:') && formatNamed(source) === undefined) {
      throw new UsageError(`There is no source "${source}".`);
    }
    const files = await inputFiles(positionals);
    const target = values['dry-run'] ? dryRun() : await targetOf(values.url, values.token);
    try {
      return await ingestAll(files, source, target);
    } finally {
      await target.close();
    }
  },
};

async function targetOf(url: string | undefined, token: string | undefined): Promise<IngestTarget> {
  if (url === undefined && token === undefined) return intoDatabase();
  if (url === undefined || token === undefined) throw new UsageError('--url and --token go together.');
  return overHttp(url, token);
}

async function ingestAll(files: readonly InputFile[], source: string, target: IngestTarget): Promise<number> {
  const known = files.every(({ size }) => size !== undefined);
  const bar = progressBar(process.stderr, known ? files.reduce((sum, { size = 0 }) => sum + size, 0) : undefined);
  const all = emptyTotals();
  let bytes = 0;
  let failed = 0;
  for (const file of files) {
    const show = (records: number) => bar.update(bytes, all.received + records);
    const read = inputBytes(file, (length) => {
      bytes += length;
      show(0);
    });
    try {
      const totals = await target.take({ source, bytes: read }, show);
      addTotals(all, totals);
      bar.clear();
      console.log(`${file.name}: ${totalsText(totals)}`);
    } catch (error) {
      bar.clear();
      failed += 1;
      console.error(`${file.name}: not taken: ${(error as Error).message}`);
    }
  }
  if (files.length > 1) console.log(`All ${files.length} files: ${totalsText(all)}`);
  await target.settle();
  return failed > 0 ? 1 : 0;
}
