import { ticksOf } from '../convert.ts';
import { quote, type Sql, typed } from '../sql.ts';

/** `format_datetime`: the parts of a format, each written by its letters, all else as it stands. */
export function formatDatetime(datetime: string, format: string): Sql {
  const pad = (sql: string, width: number) =>
    width === 1 ? `toString(${sql})` : `leftPad(toString(${sql}), ${width}, '0')`;
  const hour12 = `((toHour(${datetime}) + 11) % 12 + 1)`;
  const ticks = `positiveModulo(${ticksOf(datetime)}, 10000000)`;
  const parts = format.match(/y+|M+|d+|h+|H+|m+|s+|f+|F+|t+|[^yMdhHmsfFt]+/g) ?? [];
  const written = parts.map((part) => {
    const width = part.length;
    switch (part[0]) {
      case 'y':
        return width <= 2 ? pad(`toYear(${datetime}) % 100`, width) : pad(`toYear(${datetime})`, 4);
      case 'M':
        return pad(`toMonth(${datetime})`, Math.min(width, 2));
      case 'd':
        return pad(`toDayOfMonth(${datetime})`, Math.min(width, 2));
      case 'h':
        return pad(hour12, Math.min(width, 2));
      case 'H':
        return pad(`toHour(${datetime})`, Math.min(width, 2));
      case 'm':
        return pad(`toMinute(${datetime})`, Math.min(width, 2));
      case 's':
        return pad(`toSecond(${datetime})`, Math.min(width, 2));
      case 'f':
        return `substring(leftPad(toString(${ticks}), 7, '0'), 1, ${Math.min(width, 7)})`;
      case 'F':
        return `trimRight(substring(leftPad(toString(${ticks}), 7, '0'), 1, ${Math.min(width, 7)}), '0')`;
      case 't':
        return `if(toHour(${datetime}) < 12, 'AM', 'PM')`;
      default:
        return quote(part);
    }
  });
  return typed('string', `ifNull(concat('', ${written.length === 0 ? "''" : written.join(', ')}), '')`);
}

/** `format_timespan` */
export function formatTimespan(ticks: string, format: string): Sql {
  const size = `abs(${ticks})`;
  const pad = (sql: string, width: number) =>
    width === 1 ? `toString(${sql})` : `leftPad(toString(${sql}), ${width}, '0')`;
  const parts = format.match(/d+|h+|H+|m+|s+|f+|F+|[^dhHmsfF]+/g) ?? [];
  const written = parts.map((part) => {
    const width = part.length;
    const two = Math.min(width, 2);
    switch (part[0]) {
      case 'd':
        return pad(`intDiv(${size}, 864000000000)`, width);
      case 'h':
      case 'H':
        return pad(`intDiv(${size}, 36000000000) % 24`, two);
      case 'm':
        return pad(`intDiv(${size}, 600000000) % 60`, two);
      case 's':
        return pad(`intDiv(${size}, 10000000) % 60`, two);
      case 'f':
        return `substring(leftPad(toString(${size} % 10000000), 7, '0'), 1, ${Math.min(width, 7)})`;
      case 'F':
        return `trimRight(substring(leftPad(toString(${size} % 10000000), 7, '0'), 1, ${Math.min(width, 7)}), '0')`;
      default:
        return quote(part);
    }
  });
  return typed(
    'string',
    `ifNull(concat(if(${ticks} < 0, '-', ''), ${written.length === 0 ? "''" : written.join(', ')}), '')`,
  );
}
