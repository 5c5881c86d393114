import { HuntError } from '../hunt-error.ts';
import { child, className, elements, listOf, optionalChild, type SyntaxNode, tokenText } from '../kusto/syntax.ts';
import type { Json, Literal } from '../tree/expression.ts';
import { scalarOf } from './types.ts';

/** A literal of the query with its value; `dynamic(…)` becomes JSON. */
export function literalOf(node: SyntaxNode): Literal {
  const type = scalarOf(node.ResultType);
  const at = node.TextStart;
  if (className(node) !== 'LiteralExpression') return { kind: 'literal', type: 'dynamic', value: jsonOf(node), at };
  return { kind: 'literal', type, value: literalValue(node), at };
}

function literalValue(node: SyntaxNode): Json {
  const text = tokenText(node);
  const inner = insideParentheses(text);
  if (inner.trim().toLowerCase() === 'null') return null;
  const value = node.LiteralValue;
  switch (scalarOf(node.ResultType)) {
    case 'string':
      return String(value);
    case 'guid':
      return unquote(inner).trim().toLowerCase();
    case 'bool':
      return ['true', '1'].includes(inner.trim().toLowerCase());
    case 'int':
    case 'long':
      return wholeNumber(inner, value, node);
    case 'real':
      return realNumber(inner);
    case 'decimal':
      return inner.trim();
    case 'timespan':
      return timespanTicks(value, inner);
    case 'datetime':
      return datetimeText(unquote(inner.trim()).trim(), node);
    default:
      return value === null || value === undefined ? null : String(value);
  }
}

function insideParentheses(text: string): string {
  return /^[a-z]+\s*\(([\s\S]*)\)$/i.exec(text.trim())?.[1] ?? text;
}

function unquote(text: string): string {
  return /^(["'])([\s\S]*)\1$/.exec(text.trim())?.[2] ?? text;
}

function wholeNumber(text: string, value: unknown, node: SyntaxNode): Json {
  try {
    return BigInt(text.trim().replace(/^-\s*/, '') || '0') * (text.trim().startsWith('-') ? -1n : 1n);
  } catch {
    if (value === null || value === undefined) return null;
    if (/^-?\d+$/.test(String(value))) return BigInt(String(value));
    throw new HuntError('semantic', `${text} is no whole number.`, node.TextStart);
  }
}

function realNumber(text: string): Json {
  const plain = text.trim().toLowerCase();
  if (plain === 'nan') return Number.NaN;
  if (plain === '+inf' || plain === 'inf') return Number.POSITIVE_INFINITY;
  if (plain === '-inf') return Number.NEGATIVE_INFINITY;
  const value = Number(plain);
  return Number.isNaN(value) ? null : value;
}

function timespanTicks(value: unknown, text: string): Json {
  const parsed = timespanOf(unquote(text));
  if (parsed !== undefined) return parsed;
  const ticks = (value as { ticks?: { toString(): string } } | null)?.ticks;
  return ticks === undefined ? null : BigInt(ticks.toString());
}

const UNITS: Readonly<Record<string, bigint>> = {
  d: 864_000_000_000n,
  day: 864_000_000_000n,
  days: 864_000_000_000n,
  h: 36_000_000_000n,
  hr: 36_000_000_000n,
  hrs: 36_000_000_000n,
  hour: 36_000_000_000n,
  hours: 36_000_000_000n,
  m: 600_000_000n,
  min: 600_000_000n,
  minute: 600_000_000n,
  minutes: 600_000_000n,
  s: 10_000_000n,
  sec: 10_000_000n,
  second: 10_000_000n,
  seconds: 10_000_000n,
  ms: 10_000n,
  milli: 10_000n,
  millis: 10_000n,
  millisecond: 10_000n,
  milliseconds: 10_000n,
  micro: 10n,
  micros: 10n,
  microsecond: 10n,
  microseconds: 10n,
  tick: 1n,
  ticks: 1n,
};

/** Ticks of `1.5h`, `2 days`, `[-][d.]hh:mm[:ss[.fffffff]]`, or of a bare number of days; undefined for other text. */
export function timespanOf(text: string): bigint | undefined {
  const measured = /^(-?)\s*(\d+)(?:\.(\d+))?\s*([a-z]*)$/i.exec(text.trim());
  if (measured !== null) {
    const [, sign, whole = '0', fraction = '', unit = ''] = measured;
    const ticks = UNITS[unit.toLowerCase() || 'd'];
    if (ticks === undefined) return undefined;
    const digits = fraction.slice(0, 12);
    const value =
      BigInt(whole) * ticks + (digits === '' ? 0n : (BigInt(digits) * ticks) / 10n ** BigInt(digits.length));
    return sign === '-' ? -value : value;
  }
  const clock = /^(-?)(?:(\d+)\.)?(\d+):(\d+)(?::(\d+)(?:\.(\d{1,7}))?)?$/.exec(text.trim());
  if (clock === null) return undefined;
  const [, sign, days = '0', hours = '0', minutes = '0', seconds = '0', fraction = ''] = clock;
  const total = ((BigInt(days) * 24n + BigInt(hours)) * 60n + BigInt(minutes)) * 60n + BigInt(seconds);
  const ticks = total * 10_000_000n + BigInt(fraction.padEnd(7, '0') || '0');
  return sign === '-' ? -ticks : ticks;
}

const ISO =
  /^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?:[T ]+(\d{1,2})(?::?(\d{2}))?(?::?(\d{2}))?(?:\.(\d+))?)?\s*(Z|[+-]\d{2}:?\d{2})?$/i;

/** `YYYY-MM-DD hh:mm:ss.fffffff` in UTC of a datetime as the language accepts it; undefined for other text. */
export function normalDatetime(text: string): string | undefined {
  const iso = ISO.exec(text.trim());
  if (iso === null) {
    const other = Date.parse(`${text} UTC`);
    const value = Number.isNaN(other) ? Date.parse(text) : other;
    return Number.isNaN(value) ? undefined : normalDatetime(new Date(value).toISOString());
  }
  const [, year = '', month = '1', day = '1', hour = '0', minute = '0', second = '0', fraction = '', zone = 'Z'] = iso;
  const moment = new Date(0);
  moment.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  moment.setUTCHours(Number(hour), Number(minute) - minutesOf(zone), Number(second), 0);
  if (Number.isNaN(moment.getTime())) return undefined;
  const stem = moment.toISOString().slice(0, 19).replace('T', ' ');
  return /^\d{4}-/.test(stem) ? `${stem}.${fraction.slice(0, 7).padEnd(7, '0')}` : undefined;
}

function minutesOf(zone: string): number {
  const offset = /^([+-])(\d{2}):?(\d{2})$/.exec(zone);
  if (offset === null) return 0;
  return (offset[1] === '-' ? -1 : 1) * (Number(offset[2]) * 60 + Number(offset[3]));
}

function datetimeText(text: string, node: SyntaxNode): Json {
  if (text === '') return null;
  const found = normalDatetime(text);
  if (found === undefined) throw new HuntError('semantic', `${text} is no datetime.`, node.TextStart);
  return found;
}

/** The JSON of a `dynamic(…)` literal or of a part of it. */
export function jsonOf(node: SyntaxNode): Json {
  switch (className(node)) {
    case 'DynamicExpression':
    case 'ParenthesizedExpression':
      return jsonOf(child(node, 'Expression'));
    case 'JsonArrayExpression':
      return listOf(node, 'Values').map(jsonOf);
    case 'JsonObjectExpression':
      return Object.fromEntries(
        elements(optionalChild(node, 'Pairs')).map((pair) => [
          String(
            (child(pair, 'Name') as unknown as { ValueText?: string }).ValueText ??
              unquote(tokenText(child(pair, 'Name'))),
          ),
          jsonOf(child(pair, 'Value')),
        ]),
      );
    case 'PrefixUnaryExpression': {
      const value = jsonOf(child(node, 'Expression'));
      return typeof value === 'number' || typeof value === 'bigint' ? -value : value;
    }
    case 'CompoundStringLiteralExpression':
      return String(node.LiteralValue);
    default:
      return jsonScalar(node);
  }
}

function jsonScalar(node: SyntaxNode): Json {
  const type = node.ResultType?.Name;
  const value = literalValue(node);
  if (value === null) return null;
  if (type === 'datetime') return `${String(value).replace(' ', 'T')}Z`;
  if (type === 'timespan') return timespanText(value as bigint);
  if (type === 'decimal') return Number(value);
  return value;
}

/** `[-][d.]hh:mm:ss[.fffffff]` of ticks of 100 ns. */
export function timespanText(ticks: bigint): string {
  const size = ticks < 0n ? -ticks : ticks;
  const two = (value: bigint) => String(value).padStart(2, '0');
  const days = size / 864_000_000_000n;
  const clock = [(size / 36_000_000_000n) % 24n, (size / 600_000_000n) % 60n, (size / 10_000_000n) % 60n]
    .map(two)
    .join(':');
  const fraction = size % 10_000_000n;
  const tail = fraction === 0n ? '' : `.${String(fraction).padStart(7, '0')}`;
  return `${ticks < 0n ? '-' : ''}${days === 0n ? '' : `${days}.`}${clock}${tail}`;
}
