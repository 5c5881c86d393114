import { unsupported } from '../../hunt-error.ts';
import type { Expression } from '../../tree/expression.ts';
import type { QueryOf } from '../../tree/query.ts';
import { convert, fromTicks, ticksOf } from '../convert.ts';
import { compileExpression } from '../expression.ts';
import { literalSql } from '../literal.ts';
import type { Relation } from '../relation.ts';
import type { Compilation, Scope } from '../scope.ts';
import { atBorder, CLICKHOUSE_TYPES, freshName, identifier, quote, type Sql, typed } from '../sql.ts';

/** A relation without order. */
export function unordered(sql: string, columns: Relation['columns']): Relation {
  return { sql, columns, order: [], partition: undefined, carried: [] };
}

function noColumns(compilation: Compilation): Scope {
  return { compilation, column: () => undefined, columns: [], window: '' };
}

/** A hunting table, as the surroundings let it be seen. */
export function compileTable(query: QueryOf<'table'>, compilation: Compilation): Relation {
  return unordered(compilation.surroundings.table(query.name, query.columns), query.columns);
}

/** `datatable`: the rows keep the order in which they are written. */
export function compileRows({ columns, rows }: QueryOf<'rows'>, compilation: Compilation): Relation {
  const order = freshName('_o');
  const scope = noColumns(compilation);
  const cell = (expression: Expression | undefined, at: number): string => {
    const type = columns[at]?.type ?? 'string';
    const value = expression === undefined ? literalSql({ type, value: null }) : compileExpression(expression, scope);
    return atBorder(convert(value, type));
  };
  const structure = [
    ...columns.map(({ name, type }) => `${identifier(name)} ${CLICKHOUSE_TYPES[type]}`),
    `${identifier(order)} Int64`,
  ];
  const sql =
    rows.length === 0
      ? `SELECT ${[...columns.map(({ name, type }) => `${empty(type)} AS ${identifier(name)}`), `toInt64(0) AS ${identifier(order)}`].join(', ')} WHERE false`
      : `SELECT * FROM values(${quote(structure.join(', '))}, ${rows.map((row, at) => `(${[...columns.map((_, place) => cell(row[place], place)), at].join(', ')})`).join(', ')})`;
  return {
    sql,
    columns,
    order: [{ column: order, descending: false, nullsFirst: true }],
    partition: undefined,
    carried: [],
  };
}

/** The null of a type, as a column has it. */
export function empty(type: Sql['type']): string {
  return CLICKHOUSE_TYPES[type] === 'String' ? "''" : `CAST(NULL, ${quote(CLICKHOUSE_TYPES[type])})`;
}

/** `print` */
export function compilePrint({ columns, values }: QueryOf<'print'>, compilation: Compilation): Relation {
  const scope = noColumns(compilation);
  const parts = values.map(
    ({ name, expression }) => `${atBorder(compileExpression(expression, scope))} AS ${identifier(name)}`,
  );
  const types = values.map(({ expression, name }) => ({ name, type: compileExpression(expression, scope).type }));
  return unordered(
    `SELECT ${parts.length === 0 ? '1' : parts.join(', ')}`,
    types.length === columns.length ? types : columns,
  );
}

/** `range` */
export function compileRange(query: QueryOf<'range'>, compilation: Compilation): Relation {
  const scope = noColumns(compilation);
  const column = query.columns[0] ?? { name: 'x', type: 'long' as const };
  const { name, type } = column;
  const order = freshName('_o');
  const stepType = type === 'datetime' || type === 'timespan' ? 'timespan' : type;
  const [from, to] = [query.from, query.to].map((expression) => convert(compileExpression(expression, scope), type));
  const step = convert(compileExpression(query.step, scope), stepType).sql;
  if (from === undefined || to === undefined) throw unsupported('range without its ends', query.at);
  const plain = (value: Sql) => (type === 'datetime' ? ticksOf(value.sql) : value.sql);
  const count = `toUInt64(greatest(0, ifNull(toInt64(floor((${plain(to)} - ${plain(from)}) / nullIf(${step}, 0))), -1) + 1))`;
  const next = `(${plain(from)} + _n * ${step})`;
  const value = typed(type, type === 'datetime' ? fromTicks(`toInt64(${next})`) : next);
  const numbers = knownCount(from, to, convert(compileExpression(query.step, scope), stepType));
  const source =
    numbers === undefined
      ? `SELECT toInt64(arrayJoin(range(${count}))) AS _n`
      : `SELECT toInt64(number) AS _n FROM numbers(${numbers})`;
  const sql = `SELECT ${atBorder(value)} AS ${identifier(name)}, _n AS ${identifier(order)} FROM (${source})`;
  return { ...unordered(sql, [column]), order: [{ column: order, descending: false, nullsFirst: true }] };
}

// With ends that the query says, rows are made as they are read.
function knownCount(from: Sql, to: Sql, step: Sql): bigint | undefined {
  const [start, end, by] = [from.constant, to.constant, step.constant];
  if (typeof start !== 'bigint' || typeof end !== 'bigint' || typeof by !== 'bigint' || by === 0n) return undefined;
  const steps = (end - start) / by;
  return by > 0n ? (end < start ? 0n : steps + 1n) : end > start ? 0n : steps + 1n;
}

/** Tabular functions: watchlists, and those that ask what no table here knows. */
export function compileFunction(query: QueryOf<'function'>, compilation: Compilation): Relation {
  const { surroundings, notices } = compilation;
  if (query.name === '_GetWatchlist') {
    const first = query.operands[0];
    const name = first?.kind === 'literal' ? String(first.value) : '';
    const found = surroundings.watchlist?.(name);
    if (found !== undefined) return aligned(found.sql, found.columns, query.columns);
    notices.add(`There is no watchlist ${name}, so it has no rows here.`);
    return nothing(query.columns);
  }
  if (query.name === 'AssignedIPAddresses') return assignedAddresses(query, compilation);
  throw unsupported(`The function ${query.name}() as a table`, query.at);
}

// The addresses a device had most recently up to a moment.
function assignedAddresses(query: QueryOf<'function'>, compilation: Compilation): Relation {
  const scope = noColumns(compilation);
  const [device, moment] = query.operands.map((operand) => compileExpression(operand, scope));
  const name = device === undefined ? "''" : convert(device, 'string').sql;
  const until =
    moment === undefined || moment.constant === null ? '' : ` AND d.Timestamp <= ${convert(moment, 'datetime').sql}`;
  const table = compilation.surroundings.table('DeviceNetworkInfo', []);
  const latest = `SELECT d.Timestamp AS Timestamp, d.IPAddresses AS addresses, d.NetworkAdapterType AS NetworkAdapterType, d.ConnectedNetworks AS ConnectedNetworks FROM (${table}) AS d WHERE (d.DeviceId = ${name} OR lower(d.DeviceName) = lower(${name}))${until} ORDER BY d.Timestamp DESC LIMIT 1 BY d.MacAddress`;
  const sql = `SELECT n.Timestamp AS Timestamp, JSONExtractString(_a, 'IPAddress') AS IPAddress, JSONExtractString(_a, 'AddressType') AS IPType, n.NetworkAdapterType AS NetworkAdapterType, toString(n.ConnectedNetworks) AS ConnectedNetworks FROM (${latest}) AS n ARRAY JOIN JSONExtractArrayRaw(toString(n.addresses)) AS _a`;
  return unordered(sql, query.columns);
}

function nothing(columns: Relation['columns']): Relation {
  return unordered(
    `SELECT ${columns.map(({ name, type }) => `${empty(type)} AS ${identifier(name)}`).join(', ')} WHERE false`,
    columns,
  );
}

function aligned(sql: string, has: Relation['columns'], wanted: Relation['columns']): Relation {
  const known = new Set(has.map(({ name }) => name));
  const alias = freshName('s');
  const parts = wanted.map(
    ({ name, type }) => `${known.has(name) ? `${alias}.${identifier(name)}` : empty(type)} AS ${identifier(name)}`,
  );
  return unordered(`SELECT ${parts.join(', ')} FROM (${sql}) AS ${alias}`, wanted);
}

/** `externaldata`: only what the surroundings allow to be fetched. */
export function compileExternal(query: QueryOf<'external'>, compilation: Compilation): Relation {
  const sql = compilation.surroundings.external?.(query.urls, query.format, query.columns);
  if (sql === undefined) {
    throw unsupported(
      `externaldata from ${query.urls[0] ?? 'nowhere'}`,
      query.at,
      'An administrator can allow sources; or paste the values with `datatable`.',
    );
  }
  return unordered(sql, query.columns);
}
