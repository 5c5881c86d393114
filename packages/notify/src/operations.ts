import type { OperationFacts, OperationKind, OperationsChoice } from '@throughline/model';
import { clockOffset, type Lag } from './clock-offset.ts';

/** How the server is at one moment. */
export type Measured = {
  sources: readonly {
    source: string;
    /** ms UTC; null = nothing came yet. */
    lastAt: number | null;
    /** The longest silence that is usual for it, ms; null = not known well enough yet. */
    rhythmMs: number | null;
    received: number;
    /** Stored, duplicate, rejected and pending together. */
    accounted: number;
    /** How long after the time they carry its alerts arrive; null = too few to say. */
    lag?: Lag | null;
  }[];
  /** Of the data directory, bytes; null = it cannot be known. */
  disk: { free: number; total: number } | null;
  jobs: readonly { name: string; failures: number; lastError: string | null }[];
  /** Dead letters of the last hour. */
  deadLetters: number;
};

/**
 * What one look says about one thing. Between `bad` and `clear` lies a stretch where an open condition stays open and a
 * new one does not begin.
 */
export type Reading = {
  kind: OperationKind;
  subject: string;
  bad: boolean;
  clear: boolean;
  /** How long it must be bad before it counts, ms. */
  holdMs: number;
  facts: OperationFacts;
};

const minute = 60_000;
const gigabyte = 1e9;
/** A source without a known rhythm is silent after a day; nobody is told of less than an hour. */
const unknownRhythmMs = 24 * 60 * minute;
const shortestMs = 60 * minute;
/** Half as long again as the longest usual silence. */
const patience = 1.5;
/** An open condition ends when the disk has a tenth more than the limit free. */
const margin = 1.1;

/** What the watch that always runs looks at. */
export const standingWatch: OperationsChoice = {
  sourceSilent: { sources: null, minutes: null },
  sourceClock: { minutes: 10 },
  ledgerUnbalanced: { minutes: 10 },
  diskLow: { percent: 10, gigabytes: null },
  jobFailing: { times: 3 },
  deadLetters: { count: 100 },
};

/** How long a source may be silent before a rule says so, ms. */
export function silenceLimit(minutes: number | null, rhythmMs: number | null): number {
  if (minutes !== null) return minutes * minute;
  return rhythmMs === null ? unknownRhythmMs : Math.max(shortestMs, rhythmMs * patience);
}

/** What was measured, as a rule sees it. `now` is ms UTC. Pure. */
export function readings(choice: OperationsChoice, measured: Measured, now: number): Reading[] {
  return [
    ...silentSources(choice, measured, now),
    ...clocks(choice, measured),
    ...unbalanced(choice, measured),
    ...disk(choice, measured),
    ...jobs(choice, measured),
    ...deadLetters(choice, measured),
  ];
}

function silentSources({ sourceSilent: wanted }: OperationsChoice, { sources }: Measured, now: number): Reading[] {
  if (wanted === null) return [];
  return sources.flatMap(({ source, lastAt, rhythmMs }): Reading[] => {
    if (lastAt === null || !(wanted.sources?.includes(source) ?? true)) return [];
    const limit = silenceLimit(wanted.minutes, rhythmMs);
    const silent = now - lastAt > limit;
    const facts = { lastAt: new Date(lastAt).toISOString(), limitMinutes: Math.round(limit / minute) };
    return [{ kind: 'sourceSilent', subject: source, bad: silent, clear: !silent, holdMs: 0, facts }];
  });
}

function clocks({ sourceClock: wanted }: OperationsChoice, { sources }: Measured): Reading[] {
  if (!wanted) return [];
  return sources.flatMap(({ source, lag }): Reading[] => {
    if (!lag) return [];
    const offset = Math.abs(clockOffset(lag) ?? 0);
    const { medianMs, spreadMs, alerts } = lag;
    const facts = { lagSeconds: Math.round(medianMs / 1000), spreadSeconds: Math.round(spreadMs / 1000), alerts };
    const limit = wanted.minutes * minute;
    const holdMs = 5 * minute;
    return [{ kind: 'sourceClock', subject: source, bad: offset >= limit, clear: offset < limit / 2, holdMs, facts }];
  });
}

function unbalanced({ ledgerUnbalanced: wanted }: OperationsChoice, { sources }: Measured): Reading[] {
  if (wanted === null) return [];
  return sources.map(({ source, received, accounted }) => {
    const bad = received !== accounted;
    const facts = { received, accounted, minutes: wanted.minutes };
    return { kind: 'ledgerUnbalanced', subject: source, bad, clear: !bad, holdMs: wanted.minutes * minute, facts };
  });
}

function disk({ diskLow: wanted }: OperationsChoice, { disk: now }: Measured): Reading[] {
  if (wanted === null || now === null) return [];
  const limit = Math.max(
    wanted.percent === null ? 0 : (now.total * wanted.percent) / 100,
    wanted.gigabytes === null ? 0 : wanted.gigabytes * gigabyte,
  );
  const facts = { freeBytes: now.free, totalBytes: now.total, limitBytes: Math.round(limit) };
  const clear = now.free >= limit * margin;
  return [{ kind: 'diskLow', subject: '', bad: now.free < limit, clear, holdMs: 0, facts }];
}

function jobs({ jobFailing: wanted }: OperationsChoice, { jobs: known }: Measured): Reading[] {
  if (wanted === null) return [];
  return known.map(({ name, failures, lastError }) => ({
    kind: 'jobFailing',
    subject: name,
    bad: failures >= wanted.times,
    clear: failures === 0,
    holdMs: 0,
    facts: { failures, lastError },
  }));
}

function deadLetters({ deadLetters: wanted }: OperationsChoice, { deadLetters: count }: Measured): Reading[] {
  if (wanted === null) return [];
  const facts = { lastHour: count, limit: wanted.count };
  const clear = count <= wanted.count / 2;
  return [{ kind: 'deadLetters', subject: '', bad: count > wanted.count, clear, holdMs: 0, facts }];
}
