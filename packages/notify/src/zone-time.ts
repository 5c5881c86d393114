/** Date and time as a clock on a wall shows them. */
export type LocalTime = { date: string; time: string };

const formats = new Map<string, Intl.DateTimeFormat>();
const dayMs = 86_400_000;

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const digits = '2-digit' as const;
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: digits,
    day: digits,
    hour: digits,
    minute: digits,
    second: digits,
  });
  formats.set(timeZone, format);
  return format;
}

/** What clocks in a time zone (IANA name) show at an instant (ms UTC). Throws RangeError for an unknown zone. */
export function localTime(at: number, timeZone: string): LocalTime {
  const part = new Map(
    formatOf(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  return {
    date: `${part.get('year')}-${part.get('month')}-${part.get('day')}`,
    time: `${part.get('hour')}:${part.get('minute')}:${part.get('second')}`,
  };
}

function offsetAt(at: number, timeZone: string): number {
  const whole = Math.floor(at / 1000) * 1000;
  const { date, time } = localTime(whole, timeZone);
  return Date.parse(`${date}T${time}Z`) - whole;
}

/**
 * The instant (ms UTC) at which clocks show `date` ("2026-03-29") and `time` ("02:30"). A time that clocks skip is moved
 * on by what they skip, one that comes twice is the first: as RFC 5545 and Temporal's "compatible" have it.
 */
export function instantOf(date: string, time: string, timeZone: string): number {
  const wall = Date.parse(`${date}T${time}:00Z`);
  const before = wall - offsetAt(wall - dayMs, timeZone);
  const after = wall - offsetAt(wall + dayMs, timeZone);
  const shows = (at: number) => at + offsetAt(at, timeZone) === wall;
  const found = [before, after].filter(shows);
  return found.length === 0 ? before : Math.min(...found);
}

/** `date` moved by whole days. */
export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10);
}

/** Whole days from one date to another. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / dayMs);
}

/** Day of the week of a date: 1 = Monday … 7 = Sunday (ISO 8601). */
export function weekday(date: string): number {
  return new Date(`${date}T00:00:00Z`).getUTCDay() || 7;
}
