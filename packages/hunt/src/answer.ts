import { timespanText } from './bind/literals.ts';
import type { Column } from './tree/expression.ts';

/**
 * A cell of the engine's `JSONCompact…` formats as KQL writes it: datetimes with `T`, seven decimals and `Z`, timespans
 * as `[-][d.]hh:mm:ss[.fffffff]`, dynamics as JSON values, whole numbers beyond 2^53 as strings of digits.
 */
export function answerCell(value: unknown, type: Column['type']): unknown {
  if (value === null || value === undefined) return null;
  switch (type) {
    case 'datetime':
      return `${String(value).replace(' ', 'T')}Z`;
    case 'timespan':
      return timespanText(BigInt(String(value)));
    case 'dynamic':
      return dynamicValue(String(value));
    case 'long':
    case 'int':
      return wholeNumber(String(value));
    case 'real':
      return typeof value === 'string'
        ? ({ nan: 'NaN', inf: 'Infinity', '-inf': '-Infinity' }[value] ?? Number(value))
        : value;
    case 'guid':
      return value === '' ? null : value;
    case 'decimal':
      return String(value)
        .replace(/(\.\d*?)0+$/, '$1')
        .replace(/\.$/, '');
    default:
      return value;
  }
}

function wholeNumber(text: string): number | string {
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : text;
}

function dynamicValue(text: string): unknown {
  if (text === '') return null;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
