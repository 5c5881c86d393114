export const timeParts = ['minute', 'hour', 'day', 'week', 'month', 'year'] as const;
export type TimePart = (typeof timeParts)[number];

const written = /^\s*(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]+(\d{1,2}):(\d{2}))?/;

/**
 * The number that a part of a date is. A text is taken as written, whatever zone it names; a number is a time in
 * milliseconds, or in seconds below 10^11, and read in UTC. Weeks are those of ISO 8601. Undefined when it is no date.
 */
export function timePart(part: TimePart, value: string): number | undefined {
  const date = readDate(value);
  if (date === undefined) return undefined;
  switch (part) {
    case 'minute':
      return date.getUTCMinutes();
    case 'hour':
      return date.getUTCHours();
    case 'day':
      return date.getUTCDate();
    case 'week':
      return isoWeek(date);
    case 'month':
      return date.getUTCMonth() + 1;
    case 'year':
      return date.getUTCFullYear();
  }
}

function readDate(value: string): Date | undefined {
  const match = written.exec(value);
  if (match !== null) {
    const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = match.slice(1).map((digits) => Number(digits ?? 0));
    if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 23 || minute > 59) return undefined;
    return new Date(Date.UTC(year, month - 1, day, hour, minute));
  }
  if (!/^\d{9,14}(\.\d+)?$/.test(value)) return undefined;
  const number = Number(value);
  return new Date(number < 1e11 ? number * 1000 : number);
}

// The week of the year's Thursday counts.
function isoWeek(date: Date): number {
  const day = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()));
  day.setUTCDate(day.getUTCDate() + 4 - (day.getUTCDay() || 7));
  const yearStart = Date.UTC(day.getUTCFullYear(), 0, 1);
  return Math.ceil(((day.getTime() - yearStart) / 86_400_000 + 1) / 7);
}
