import type { Json, Scalar } from '../../tree/expression.ts';
import { convert } from '../convert.ts';
import { textItems } from '../dynamic-path.ts';
import { literalSql } from '../literal.ts';
import { type Sql, typed } from '../sql.ts';
import { compare, lower } from './comparison.ts';

/** `in`, `!in`, `in~`, `!in~` over values; dynamic arrays stand for their elements. */
export function membership(operator: string, left: Sql, items: readonly Sql[], filters: boolean): Sql {
  const negated = operator.startsWith('!');
  const folded = operator.endsWith('~');
  const values = items.flatMap(spread);
  const lists = values.filter(({ type, constant }) => type === 'dynamic' && constant === undefined);
  const singles = values.filter((value) => !lists.includes(value));
  const tests: string[] = [];
  if (singles.length > 0) tests.push(amongValues(left, singles, folded));
  for (const list of lists) tests.push(amongElements(left, list, folded));
  const any = tests.length === 0 ? 'false' : tests.length === 1 ? String(tests[0]) : `(${tests.join(' OR ')})`;
  if (!negated) return typed('bool', filters ? any : `ifNull(${any}, false)`, filters ? {} : { nonNull: true });
  return typed('bool', `(NOT ifNull(${any}, false))`, { nonNull: true });
}

// `in (dynamic([…]))` is `in (…)`.
function spread(value: Sql): readonly Sql[] {
  if (value.type !== 'dynamic' || !Array.isArray(value.constant)) return [value];
  return value.constant.map((item: Json) => literalSql({ type: typeOfJson(item), value: item }));
}

function typeOfJson(value: Json): Scalar {
  if (typeof value === 'string') return 'string';
  if (typeof value === 'bigint') return 'long';
  if (typeof value === 'number') return 'real';
  return typeof value === 'boolean' ? 'bool' : 'dynamic';
}

function amongValues(left: Sql, values: readonly Sql[], folded: boolean): string {
  const common = commonType(left, values);
  if (common === 'string') {
    const text = convert(left, 'string');
    const set = values.map((value) => (folded ? lower(convert(value, 'string')) : convert(value, 'string').sql));
    return `(${folded ? lower(text) : text.sql} IN (${set.join(', ')}))`;
  }
  const plain = values.every(({ constant }) => constant !== undefined && constant !== null);
  if (common !== undefined && plain) {
    return `(${convert(left, common).sql} IN (${values.map((value) => convert(value, common).sql).join(', ')}))`;
  }
  return `(${values.map((value) => compare('==', left, value, true).sql).join(' OR ')})`;
}

function commonType(left: Sql, values: readonly Sql[]): Scalar | undefined {
  const first = values[0]?.type;
  if (left.type === 'string' || left.type === 'guid') return 'string';
  if (values.some(({ type }) => type === 'string')) return 'string';
  if (left.type !== 'dynamic') {
    const whole = left.type === 'int' || left.type === 'long';
    const same = values.every(({ type }) => type === left.type || (whole && (type === 'int' || type === 'long')));
    return same ? (whole ? 'long' : left.type) : undefined;
  }
  if (values.every(({ type }) => type === 'int' || type === 'long' || type === 'real')) return 'real';
  return first !== undefined && values.every(({ type }) => type === first) && first !== 'dynamic' ? first : 'string';
}

function amongElements(left: Sql, list: Sql, folded: boolean): string {
  const text = convert(left, 'string');
  if (folded) return `has(arrayMap(_e -> lowerUTF8(_e), ${textItems(list)}), ${lower(text)})`;
  return `has(${textItems(list)}, ${text.sql})`;
}
