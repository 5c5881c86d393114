import { parseArgs } from 'node:util';
import { defaultTenant } from '@throughline/model';
import { readLedger } from '@throughline/store';
import { withLocalDatabase } from './local-database.ts';
import { grouped } from './progress-bar.ts';
import { table } from './table.ts';
import type { Verb } from './verb.ts';

/** `throughline ledger`: what came in and what became of it. */
export const ledgerVerb: Verb = {
  usage: '[--json]',
  async run(args) {
    const { values } = parseArgs({ args, options: { json: { type: 'boolean', default: false } } });
    const ledger = await withLocalDatabase(({ db }) => readLedger(db, defaultTenant));
    if (values.json) {
      console.log(JSON.stringify(ledger));
      return ledger.balanced ? 0 : 1;
    }
    const header = [
      'source',
      'received',
      'stored',
      'duplicate',
      'rejected',
      'pending',
      'hidden',
      'resolved',
      'reasons',
    ];
    const rows = ledger.sources.map(({ source, reasons, ...row }) => [
      source,
      ...[row.received, row.stored, row.duplicate, row.rejected, row.pending, row.hidden, row.autoResolved].map(
        grouped,
      ),
      Object.entries(reasons)
        .map(([reason, count]) => `${reason} ${grouped(count)}`)
        .join(', '),
    ]);
    console.log(rows.length === 0 ? 'Nothing was received yet.' : table(header, rows));
    console.log(ledger.balanced ? 'Balanced.' : 'NOT balanced: please report this.');
    return ledger.balanced ? 0 : 1;
  },
};
