import type { RetentionSettings } from '@throughline/model';

/** A period that is a whole number of days. */
export type PeriodName = 'deadLetterDays' | 'intakeDays' | 'liveDays' | 'messageDays';

/** What each period is for, in the order of the page. */
export const periods: readonly { name: PeriodName; label: string; hint: string; usual: number }[] = [
  {
    name: 'deadLetterDays',
    label: 'Raw bytes of dead letters',
    hint: 'Until then a record can be replayed. Its reason, line and time stay.',
    usual: 90,
  },
  {
    name: 'messageDays',
    label: 'Text of sent messages',
    hint: 'That a message was sent, when and to whom stays. One that was given up goes whole.',
    usual: 90,
  },
  {
    name: 'intakeDays',
    label: 'Finished intake batches',
    hint: 'Counted from when their alerts are stored. The ledger keeps its counts.',
    usual: 7,
  },
  {
    name: 'liveDays',
    label: 'Live updates',
    hint: 'A browser that was away for longer reads everything again.',
    usual: 1,
  },
];

/** The days that a text says; undefined when it is no whole number from `least` to 36,500. */
export function daysOf(text: string, least: number): number | undefined {
  const days = Number(text);
  return /^\d{1,5}$/.test(text) && days >= least && days <= 36_500 ? days : undefined;
}

/** The periods as texts to edit. */
export function textsOf(retention: RetentionSettings): Record<PeriodName, string> {
  const { deadLetterDays, intakeDays, liveDays, messageDays } = retention;
  return {
    deadLetterDays: String(deadLetterDays),
    intakeDays: String(intakeDays),
    liveDays: String(liveDays),
    messageDays: String(messageDays),
  };
}
