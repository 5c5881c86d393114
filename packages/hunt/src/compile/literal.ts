import { timespanText } from '../bind/literals.ts';
import type { Json, Literal } from '../tree/expression.ts';
import { quote, type Sql, typed } from './sql.ts';

/** A literal as SQL. */
export function literalSql({ type, value }: Pick<Literal, 'type' | 'value'>): Sql {
  const constant = value;
  if (value === null) {
    const isText = type === 'string' || type === 'guid' || type === 'dynamic';
    return typed(type, isText ? "''" : 'NULL', { constant });
  }
  switch (type) {
    case 'bool':
      return typed(type, value === true ? 'true' : 'false', { nonNull: true, constant });
    case 'int':
      return typed(type, `toInt32(${value})`, { nonNull: true, constant });
    case 'long':
    case 'timespan':
      return typed(type, wholeNumber(value as bigint), { nonNull: true, constant });
    case 'real':
      return typed(type, realNumber(value as number), { nonNull: true, constant });
    case 'decimal':
      return typed(type, `toDecimal128(${quote(String(value))}, 12)`, { nonNull: true, constant });
    case 'datetime':
      return typed(type, `toDateTime64(${quote(String(value))}, 7, 'UTC')`, { nonNull: true, constant });
    case 'dynamic':
      return typed(type, quote(jsonText(value)), { constant });
    default:
      return typed(type, quote(String(value)), { constant });
  }
}

function wholeNumber(value: bigint): string {
  if (value === -9_223_372_036_854_775_808n) return "toInt64('-9223372036854775808')";
  return value < 0n ? `toInt64(${value})` : `toInt64(${value})`;
}

function realNumber(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  return `toFloat64(${quote(String(value))})`;
}

/** JSON text of a literal value; whole numbers of any size stay whole. */
export function jsonText(value: Json): string {
  if (typeof value === 'bigint') return String(value);
  if (Array.isArray(value)) return `[${value.map(jsonText).join(',')}]`;
  if (value !== null && typeof value === 'object') {
    return `{${Object.entries(value)
      .map(([key, item]) => `${JSON.stringify(key)}:${jsonText(item as Json)}`)
      .join(',')}}`;
  }
  if (typeof value === 'number' && !Number.isFinite(value)) {
    return JSON.stringify(Number.isNaN(value) ? 'NaN' : value > 0 ? 'Infinity' : '-Infinity');
  }
  return JSON.stringify(value);
}

/** What `tostring` of a literal gives; undefined for what only the engine can say. */
export function textOf(value: Json, type: Literal['type']): string | undefined {
  if (value === null) return '';
  if (typeof value === 'string') return type === 'datetime' ? `${value.replace(' ', 'T')}Z` : value;
  if (typeof value === 'bigint') return type === 'timespan' ? timespanText(value) : String(value);
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'object') return jsonText(value);
  return undefined;
}
