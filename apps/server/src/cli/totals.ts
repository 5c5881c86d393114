import type { IntakeReceipt } from '@throughline/model';
import { grouped } from './progress-bar.ts';

/** What came of some records. */
export type Totals = Pick<IntakeReceipt, 'received' | 'accepted' | 'rejected'> & { reasons: Record<string, number> };

export function emptyTotals(): Totals {
  return { received: 0, accepted: 0, rejected: 0, reasons: {} };
}

/** Adds `more` to `totals` in place. */
export function addTotals(totals: Totals, more: Totals): void {
  totals.received += more.received;
  totals.accepted += more.accepted;
  totals.rejected += more.rejected;
  for (const [reason, count] of Object.entries(more.reasons))
    totals.reasons[reason] = (totals.reasons[reason] ?? 0) + count;
}

/** "1,200 received, 1,190 accepted, 10 rejected (malformedJson 8, tooDeep 2)". */
export function totalsText({ received, accepted, rejected, reasons }: Totals): string {
  const why = Object.entries(reasons)
    .sort(([, one], [, other]) => other - one)
    .map(([reason, count]) => `${reason} ${grouped(count)}`);
  const because = why.length === 0 ? '' : ` (${why.join(', ')})`;
  return `${grouped(received)} received, ${grouped(accepted)} accepted, ${grouped(rejected)} rejected${because}`;
}
