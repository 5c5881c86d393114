import type { NoticeAbout, OperationFacts, OperationKind } from '@throughline/model';
import { counted, instantWords } from './outline.ts';
import { oneLine } from './safe-text.ts';

type Condition = Pick<Extract<NoticeAbout, { kind: 'operations' }>, 'condition' | 'subject' | 'facts'>;

/** What is wrong, in a title and a sentence that says what was measured and what to do. Names are made safe. */
export function conditionWords({ condition, subject, facts }: Condition): { title: string; detail: string } {
  return words[condition](oneLine(subject, 120), facts);
}

const words: Record<OperationKind, (subject: string, facts: OperationFacts) => { title: string; detail: string }> = {
  sourceSilent: (source, { lastAt, limitMinutes }) => ({
    title: `Source ${source} is silent`,
    detail: `No record since ${instantWords(String(lastAt))}; ${duration(Number(limitMinutes))} is the most it may be silent. Look at the source and the way to this server.`,
  }),
  sourceClock: (source, { lagSeconds, spreadSeconds, alerts }) => {
    const off = duration(Math.max(1, Math.round(Math.abs(Number(lagSeconds)) / 60)));
    const way = Number(lagSeconds) < 0 ? 'ahead' : 'behind';
    const when = way === 'ahead' ? 'after they arrive' : 'before they arrive';
    return {
      title: `Clock of ${source} is ${off} ${way}`,
      detail: `Its last ${counted(Number(alerts), 'alert')} carry a time ${off} ${when}, give or take ${counted(Number(spreadSeconds), 'second')}. Look at clock, time zone and delivery of the source. Times are used as they were sent.`,
    };
  },
  ledgerUnbalanced: (source, { received, accounted, minutes }) => ({
    title: `The ledger of ${source} does not balance`,
    detail: `${received} records received, ${accounted} accounted for, for more than ${duration(Number(minutes))}. Look at the ledger and the server’s log.`,
  }),
  diskLow: (_, { freeBytes, totalBytes, limitBytes }) => ({
    title: 'Disk space runs out',
    detail: `${size(freeBytes)} of ${size(totalBytes)} free where the data is; ${size(limitBytes)} is the limit. Free some space or move the data directory.`,
  }),
  jobFailing: (job, { failures, lastError }) => ({
    title: `Recurring work fails: ${job}`,
    detail: `Failed ${counted(Number(failures), 'time')} in a row${lastError === null ? '' : `. It said: ${oneLine(String(lastError), 300)}`}.`,
  }),
  deadLetters: (_, { lastHour, limit }) => ({
    title: 'Dead letters are rising',
    detail: `${counted(Number(lastHour), 'record')} of the last hour could not be read; ${limit} is the limit. Their reasons are on the page of dead letters.`,
  }),
};

/** "90 minutes", "2 hours", "3 days". */
export function duration(minutes: number): string {
  if (minutes >= 2880 && minutes % 1440 === 0) return counted(minutes / 1440, 'day');
  if (minutes >= 120) return counted(Math.round(minutes / 6) / 10, 'hour');
  return counted(minutes, 'minute');
}

function size(bytes: string | number | null | undefined): string {
  const number = Number(bytes);
  return number >= 1e9 ? `${(number / 1e9).toFixed(1)} GB` : `${Math.round(number / 1e6)} MB`;
}
