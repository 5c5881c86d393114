import type { Zone } from './zone.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** "now", "4 min", "3 h", "2 d", "in 5 h"; `long` adds "ago". Ms since the epoch. */
export function relativeTime(then: number, now: number, long = false): string {
  const age = Math.abs(now - then);
  const text =
    age < minute
      ? 'now'
      : age < hour
        ? `${Math.floor(age / minute)} min`
        : age < day * 2
          ? `${Math.floor(age / hour)} h`
          : `${Math.floor(age / day)} d`;
  if (text === 'now') return long ? 'just now' : text;
  if (then > now) return `in ${text}`;
  return long ? `${text} ago` : text;
}

/** A length of time in ms as its two largest units: "2 h 10 min". */
export function durationText(ms: number): string {
  const total = Math.max(0, Math.round(ms / 1000));
  const parts: [number, string][] = [
    [Math.floor(total / 86_400), 'd'],
    [Math.floor(total / 3600) % 24, 'h'],
    [Math.floor(total / 60) % 60, 'min'],
    [total % 60, 's'],
  ];
  const first = parts.findIndex(([count]) => count > 0);
  if (first === -1) return '0 s';
  return parts
    .slice(first, first + 2)
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count} ${unit}`)
    .join(' ');
}

/** "2026-11-24 09:02:11" in the given zone, with "UTC" or the local offset; `short` drops seconds and zone. */
export function exactTime(then: Date, zone: Zone, short = false): string {
  const parts = new Intl.DateTimeFormat('en-CA', {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'shortOffset',
    ...(zone !== 'local' && { timeZone: zone === 'utc' ? 'UTC' : zone }),
  }).formatToParts(then);
  const part = (type: string) => parts.find((each) => each.type === type)?.value ?? '';
  const date = `${part('year')}-${part('month')}-${part('day')}`;
  if (short) return `${date} ${part('hour')}:${part('minute')}`;
  return `${date} ${part('hour')}:${part('minute')}:${part('second')} ${zone === 'utc' ? 'UTC' : part('timeZoneName')}`;
}

/** The instant at which clocks in the zone show "2026-11-24T09:02:11"; undefined when that is no time. */
export function instantOf(text: string, zone: Zone): Date | undefined {
  const wall = Date.parse(`${text}Z`);
  if (Number.isNaN(wall)) return undefined;
  if (zone === 'utc') return new Date(wall);
  if (zone === 'local') return new Date(text);
  const shown = (ms: number) => Date.parse(`${exactTime(new Date(ms), zone).slice(0, 19).replace(' ', 'T')}Z`);
  // Twice: near a change of the clocks the first guess may have the offset of the other side.
  const near = wall - (shown(wall) - wall);
  return new Date(near - (shown(near) - wall));
}
