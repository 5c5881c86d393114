import { parseArgs } from 'node:util';
import { type AuditVerdict, auditFilter, defaultTenant } from '@throughline/model';
import { exportAudit, secretKeys, verifyAudit } from '@throughline/store';
import { commandLineEvent, inCommandLineAudit } from '../audit/command-line-audit.ts';
import { withLocalDatabase } from './local-database.ts';
import { grouped } from './progress-bar.ts';
import { UsageError, type Verb } from './verb.ts';

/** `throughline audit`: whether the log is as it was written, and the log itself. */
export const auditVerb: Verb = {
  usage: 'verify [--json] | export [--format ndjson|csv] [--from TIME] [--to TIME]',
  help: [
    '  verify    recompute the chain; exit code 1 and the first entry that does not fit when it is broken',
    '  export    write the entries to standard output, oldest first',
    '  --from    from this time on, as 2026-01-31T00:00:00Z; --to: before it',
  ].join('\n'),
  async run([action, ...args]) {
    if (action === 'verify') return verify(args);
    if (action === 'export') return exportLog(args);
    throw new UsageError('Say "audit verify" or "audit export".');
  },
};

async function verify(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: { json: { type: 'boolean', default: false } } });
  const verdict = await withLocalDatabase(({ db, dataDir }) =>
    verifyAudit(db, secretKeys(dataDir, process.env), defaultTenant),
  );
  console.log(values.json ? JSON.stringify(verdict) : wordsOf(verdict));
  return verdict.intact ? 0 : 1;
}

function wordsOf({ fault, entries, first, last, checkpoints }: AuditVerdict): string {
  if (fault !== null) return `BROKEN at entry ${grouped(fault.seq)}: ${fault.message}`;
  if (first === null || last === null) return 'Intact: no entries yet.';
  const seals = `${grouped(checkpoints)} ${checkpoints === 1 ? 'seal' : 'seals'}`;
  return `Intact: ${grouped(entries)} entries, number ${grouped(first)} to ${grouped(last)}, and ${seals}.`;
}

async function exportLog(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: { format: { type: 'string', default: 'ndjson' }, from: { type: 'string' }, to: { type: 'string' } },
  });
  const { format, ...range } = values;
  if (format !== 'ndjson' && format !== 'csv') throw new UsageError('--format takes ndjson or csv.');
  const filter = auditFilter.safeParse(range);
  if (!filter.success) throw new UsageError('--from and --to take a time as 2026-01-31T00:00:00Z.');
  return withLocalDatabase(async ({ db }) => {
    await inCommandLineAudit(
      db,
      async () => {},
      () => commandLineEvent('audit.export', null, { format, ...range }),
    );
    for await (const text of exportAudit(db, defaultTenant, filter.data, format)) await written(text);
    return 0;
  });
}

function written(text: string): Promise<void> {
  return new Promise((done, failed) => process.stdout.write(text, (error) => (error ? failed(error) : done())));
}
