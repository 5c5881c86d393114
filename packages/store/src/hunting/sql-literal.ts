import { stringLiteral } from '../engine/clickhouse/settings.ts';

/** Texts as ClickHouse literals in a list: `('a', 'b')`; of none, a list that holds nothing real. */
export function literalList(texts: Iterable<string>): string {
  const list = [...texts].map(stringLiteral).join(', ');
  return list === '' ? "('\\0')" : `(${list})`;
}

/** A name of ours as ClickHouse takes it. Throws RangeError for one that holds more than letters, digits and `_`. */
export function identifier(name: string): string {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) throw new RangeError(`"${name}" is no name of a table or column.`);
  return `\`${name}\``;
}

export { stringLiteral };
