/** The time that a query looks at: from `from`, before `to`. */
export interface TimeRange {
  readonly from: Date;
  readonly to: Date;
}

/** Without a timespan a query looks at the last 30 days. */
export const USUAL_TIMESPAN = 'P30D';

const DURATION = /^P(?=.)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(?:T(?=.)(\d+H)?(\d+M)?(\d+(?:\.\d+)?S)?)?$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(Z|[+-]\d{2}:\d{2})?)?$/;
// What the event store can tell apart.
const EARLIEST = Date.UTC(1900, 0, 1);
const LATEST = Date.UTC(2200, 0, 1);

/**
 * Reads a timespan of ISO 8601: a duration back from `now` (`P30D`), `start/end`, `start/duration`, `duration/end`, or a
 * start alone, which ends now. Instants without an offset are UTC. Undefined when it is none, or ends before it starts.
 */
export function readTimespan(text: string, now: Date): TimeRange | undefined {
  const [first = '', second, ...rest] = text.trim().toUpperCase().split('/');
  if (rest.length > 0) return undefined;
  if (second === undefined) {
    return first.startsWith('P') ? range(moved(now, first, -1), now) : range(instant(first), now);
  }
  if (first.startsWith('P')) {
    const to = instant(second);
    return range(to && moved(to, first, -1), to);
  }
  const from = instant(first);
  return range(from, from && (second.startsWith('P') ? moved(from, second, 1) : instant(second)));
}

function range(from: Date | undefined, to: Date | undefined): TimeRange | undefined {
  if (from === undefined || to === undefined || from >= to) return undefined;
  const within = (date: Date) => new Date(Math.min(Math.max(date.getTime(), EARLIEST), LATEST));
  return { from: within(from), to: within(to) };
}

function instant(text: string): Date | undefined {
  const match = INSTANT.exec(text);
  if (match === null) return undefined;
  const date = new Date(text.includes('T') && match[1] === undefined ? `${text}Z` : text);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

// Years and months go by the calendar, the rest by the clock.
function moved(start: Date, duration: string, direction: 1 | -1): Date | undefined {
  const match = DURATION.exec(duration);
  if (match === null) return undefined;
  const [years = 0, months = 0, weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = match
    .slice(1)
    .map((part) => direction * Number.parseFloat(part ?? '0'));
  const date = new Date(start);
  date.setUTCFullYear(date.getUTCFullYear() + years, date.getUTCMonth() + months);
  date.setTime(date.getTime() + (((weeks * 7 + days) * 24 + hours) * 60 + minutes) * 60_000 + seconds * 1_000);
  // Further than a date reaches: as far as there are events.
  return Number.isNaN(date.getTime()) ? new Date(direction < 0 ? EARLIEST : LATEST) : date;
}
