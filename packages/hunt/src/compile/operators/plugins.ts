import { HuntError, unsupported } from '../../hunt-error.ts';
import type { Expression, Scalar } from '../../tree/expression.ts';
import type { Query, QueryOf } from '../../tree/query.ts';
import { convert } from '../convert.ts';
import { elementOf } from '../dynamic-path.ts';
import { compileExpression } from '../expression.ts';
import { ipv4InRange } from '../functions/network.ts';
import { passed, type Relation, type Source, sourceOf } from '../relation.ts';
import { bracketed, SchemaNeeded } from '../schema-needed.ts';
import type { Compilation } from '../scope.ts';
import { atBorder, freshName, identifier, quote, type Sql, typed } from '../sql.ts';
import { empty, unordered } from './sources.ts';

/** `evaluate plugin(…)` */
export function compilePlugin(query: QueryOf<'plugin'>, compilation: Compilation): Relation {
  switch (query.name) {
    case 'bag_unpack':
      return bagUnpack(query, compilation);
    case 'pivot':
      return pivot(query, compilation);
    case 'ipv4_lookup':
      return ipv4Lookup(query, compilation);
    case 'narrow':
      return narrow(query, compilation);
    default:
      throw unsupported(`The plugin ${query.name}`, query.at);
  }
}

function expressionAt(query: QueryOf<'plugin'>, at: number): Expression {
  const found = query.operands[at];
  if (found === undefined || !isExpression(found))
    throw new HuntError('semantic', `${query.name} needs another argument.`, query.at);
  return found;
}

function isExpression(operand: Expression | Query): operand is Expression {
  return ['literal', 'column', 'operation', 'call', 'element', 'scalar-query', 'in-query', 'star'].includes(
    operand.kind,
  );
}

// The columns are those the query's schema lists, which is completed from the data before it is compiled.
function bagUnpack(query: QueryOf<'plugin'>, compilation: Compilation): Relation {
  const input = compilation.query(query.input);
  const source = sourceOf(compilation, input);
  const bag = expressionAt(query, 0);
  const prefixed = query.operands[1];
  const prefix =
    prefixed !== undefined &&
    isExpression(prefixed) &&
    prefixed.kind === 'literal' &&
    typeof prefixed.value === 'string'
      ? prefixed.value
      : '';
  const value = compileExpression(bag, source.scope);
  if (query.schemaAt !== undefined) {
    if (compilation.surroundings.discovers === true) throw bagSchema(query.schemaAt, source, bag, value, prefix);
    compilation.open.add('open');
  }
  const own = new Set(
    input.columns.map(({ name }) => name).filter((name) => bag.kind !== 'column' || name !== bag.name),
  );
  const list = query.columns.map(({ name, type }) => {
    if (own.has(name)) return passed(source.alias, name);
    const key = prefix !== '' && name.startsWith(prefix) ? name.slice(prefix.length) : name;
    const item = elementOf(value, typed('string', quote(key), { constant: key }));
    return `${atBorder(convert({ ...item, sql: `replaceOne(${item.sql}, 'null', '')` }, type))} AS ${identifier(name)}`;
  });
  return {
    ...input,
    sql: `SELECT ${list.join(', ')} FROM ${source.from}`,
    columns: query.columns,
    order: [],
    carried: [],
  };
}

// A key has the type of its values where they have one.
function bagSchema(position: number, source: Source, bag: Expression, value: Sql, prefix: string): SchemaNeeded {
  const known = source.relation.columns
    .filter(({ name }) => bag.kind !== 'column' || name !== bag.name)
    .map(({ name, type }) => `${bracketed(name)}:${type}`);
  const names = new Set(source.relation.columns.map(({ name }) => name));
  const kind = `multiIf(startsWith(_p.2, '"'), 'string', _p.2 IN ('true', 'false'), 'bool', match(_p.2, '^-?[0-9]+$'), 'long', match(_p.2, '^-?[0-9.]+([eE][-+0-9]+)?$'), 'real', 'dynamic')`;
  const type = `multiIf(length(kinds) = 1, kinds[1], length(kinds) = 2 AND has(kinds, 'long') AND has(kinds, 'real'), 'real', 'dynamic')`;
  const taken = [...names].filter((name) => bag.kind !== 'column' || name !== bag.name).map((name) => quote(name));
  const others = taken.length === 0 ? '' : ` WHERE name NOT IN (${taken.join(', ')})`;
  const probe = `SELECT name, ${type} AS type FROM (SELECT concat(${quote(prefix)}, _p.1) AS name, groupUniqArrayIf(${kind}, _p.2 != 'null') AS kinds FROM (SELECT arrayJoin(JSONExtractKeysAndValuesRaw(${value.sql})) AS _p FROM ${source.from}) GROUP BY name)${others} ORDER BY name LIMIT 1000`;
  return new SchemaNeeded(position, probe, known);
}

function pivotSchema(
  position: number,
  relation: Relation,
  rows: readonly string[],
  keyed: string,
  keyText: string,
  type: Scalar,
): SchemaNeeded {
  const known = rows.map(
    (name) => `${bracketed(name)}:${relation.columns.find((column) => column.name === name)?.type ?? 'dynamic'}`,
  );
  return new SchemaNeeded(
    position,
    `SELECT DISTINCT ${keyText} AS name, ${quote(type)} AS type FROM (${keyed}) ORDER BY name LIMIT 1000`,
    known,
  );
}

function pivot(query: QueryOf<'plugin'>, compilation: Compilation): Relation {
  const input = compilation.query(query.input);
  const source = sourceOf(compilation, input);
  const key = expressionAt(query, 0);
  const aggregate = query.operands[1];
  const keyText = freshName('_p');
  const explicit = query.operands
    .slice(2)
    .flatMap((operand) => (isExpression(operand) && operand.kind === 'column' ? [operand.name] : []));
  const used = new Set(
    [key, ...(aggregate !== undefined && isExpression(aggregate) ? [aggregate] : [])].flatMap(columnsIn),
  );
  const rows = explicit.length > 0 ? explicit : input.columns.map(({ name }) => name).filter((name) => !used.has(name));
  const text = convert(compileExpression(key, source.scope), 'string').sql;
  const keyed = `SELECT ${source.alias}.*, ${text} AS ${keyText} FROM ${source.from}`;
  const inner = sourceOf(compilation, { ...input, sql: keyed });
  const call: Expression =
    aggregate !== undefined && isExpression(aggregate)
      ? aggregate
      : { kind: 'call', name: 'count', operands: [], type: 'long', at: query.at };
  const groups = rows.map((name) => `${inner.alias}.${identifier(name)}`);
  const value = compileExpression(call, inner.scope);
  if (query.schemaAt !== undefined) {
    if (compilation.surroundings.discovers === true) {
      throw pivotSchema(query.schemaAt, input, rows, keyed, keyText, value.type);
    }
    compilation.open.add('open');
  }
  const filled = query.columns.map((column) => {
    if (rows.includes(column.name)) return `${passed(inner.alias, column.name)}`;
    const filter = `${inner.alias}.${keyText} = ${quote(column.name)}`;
    return `${atBorder({ ...value, sql: filteredAggregate(call, filter, inner.scope) })} AS ${identifier(column.name)}`;
  });
  const columns = query.columns.map((column) =>
    rows.includes(column.name)
      ? (input.columns.find(({ name }) => name === column.name) ?? column)
      : { name: column.name, type: value.type },
  );
  const group = groups.length === 0 ? '' : ` GROUP BY ${groups.join(', ')}`;
  return unordered(`SELECT ${filled.join(', ')} FROM ${inner.from}${group}`, columns);
}

// Null operands are left out by every aggregate, so only rows of the column's own key count.
function filteredAggregate(call: Expression, filter: string, scope: Parameters<typeof compileExpression>[1]): string {
  if (call.kind !== 'call') return compileExpression(call, scope).sql;
  const sql = compileExpression(call, scope).sql;
  return sql
    .replace(
      /\b(count|sum|avg|minOrNull|maxOrNull|min|max|uniqExact|any|groupArray|groupUniqArray)(\(\d+\))?\(/,
      (_, name, size = '') => `${name}If${size}(`,
    )
    .replace(/If(\(\d+\))?\((.*)$/s, (whole) => insertFilter(whole, filter));
}

function insertFilter(text: string, filter: string): string {
  const start = text.lastIndexOf('(', text.indexOf('(', 2) + 1) >= 0 ? openOf(text) : 0;
  let depth = 0;
  for (let at = start; at < text.length; at += 1) {
    if (text[at] === '(') depth += 1;
    else if (text[at] === ')') {
      depth -= 1;
      if (depth === 0) {
        const body = text.slice(start + 1, at);
        return `${text.slice(0, at)}${body.trim() === '' ? '' : ', '}${filter}${text.slice(at)}`;
      }
    }
  }
  return text;
}

function openOf(text: string): number {
  const sized = /^If\(\d+\)\(/.exec(text);
  return sized === null ? text.indexOf('(') : sized[0].length - 1;
}

function columnsIn(expression: Expression): string[] {
  switch (expression.kind) {
    case 'column':
      return [expression.name];
    case 'operation':
    case 'call':
      return expression.operands.flatMap(columnsIn);
    case 'element':
      return [...columnsIn(expression.base), ...columnsIn(expression.key)];
    default:
      return [];
  }
}

function ipv4Lookup(query: QueryOf<'plugin'>, compilation: Compilation): Relation {
  const table = query.operands[0];
  if (table === undefined || isExpression(table))
    throw new HuntError('semantic', 'ipv4_lookup needs a table.', query.at);
  const [left, right] = [compilation.query(query.input), compilation.query(table)];
  const [l, r] = [sourceOf(compilation, left), sourceOf(compilation, right)];
  const address = convert(compileExpression(expressionAt(query, 1), l.scope), 'string').sql;
  const network = convert(compileExpression(expressionAt(query, 2), r.scope), 'string').sql;
  const more = query.operands.slice(3).filter(isExpression);
  const keepAll = more.some((operand) => operand.kind === 'literal' && operand.value === true);
  const [row, n] = [freshName('_r'), freshName('_n')];
  const numbered = `SELECT ${l.alias}.*, rowNumberInAllBlocks() AS ${row}, ${address} AS ${n} FROM ${l.from}`;
  const a = freshName('s');
  const b = freshName('s');
  const networks = `SELECT ${r.alias}.*, ${network} AS ${n}n FROM ${r.from}`;
  const keys = more
    .filter((operand) => operand.kind === 'column')
    .map((operand) => (operand.kind === 'column' ? operand.name : ''));
  const tests = [
    ipv4InRange(`${a}.${n}`, `${b}.${n}n`),
    ...keys.map((name) => `${a}.${identifier(name)} = ${b}.${identifier(name)}`),
  ];
  const leftNames = new Set(left.columns.map(({ name }) => name));
  const columns = query.columns.map((column, at) => {
    const fromLeft = at < left.columns.length ? left.columns[at] : undefined;
    if (fromLeft !== undefined) return { column, text: passed(a, fromLeft.name), type: fromLeft.type };
    const own = right.columns.find(
      ({ name }) => name === column.name || (leftNames.has(name) && `${name}1` === column.name),
    );
    return {
      column,
      text:
        own === undefined
          ? `${empty(column.type)} AS ${identifier(column.name)}`
          : `${b}.${identifier(own.name)} AS ${identifier(column.name)}`,
      type: own?.type ?? column.type,
    };
  });
  const matched = `SELECT ${columns.map(({ text }) => text).join(', ')}, ${a}.${row} AS ${row} FROM (${numbered}) AS ${a} CROSS JOIN (${networks}) AS ${b} WHERE ${tests.join(' AND ')}`;
  const out = freshName('s');
  const shown = columns.map(({ column }) => passed(out, column.name)).join(', ');
  const types = columns.map(({ column, type }) => ({ name: column.name, type }));
  if (!keepAll) return unordered(`SELECT ${shown} FROM (${matched}) AS ${out}`, types);
  const rest = columns.map(({ column, type }, at) =>
    at < left.columns.length ? passed(a, left.columns[at]?.name ?? '') : `${empty(type)} AS ${identifier(column.name)}`,
  );
  const unmatched = `SELECT ${rest.join(', ')} FROM (${numbered}) AS ${a} WHERE NOT (${a}.${n} IN (SELECT m.${n} FROM (SELECT ${a}.${n} AS ${n} FROM (${numbered}) AS ${a} CROSS JOIN (${networks}) AS ${b} WHERE ${tests.join(' AND ')}) AS m))`;
  return unordered(`SELECT ${shown} FROM (${matched}) AS ${out} UNION ALL ${unmatched}`, types);
}

function narrow(query: QueryOf<'plugin'>, compilation: Compilation): Relation {
  const input = compilation.query(query.input);
  const source = sourceOf(compilation, input);
  const cells = input.columns.map(({ name }) => {
    const value = source.scope.column(name);
    return `(${quote(name)}, ${value === undefined ? "''" : convert(value, 'string').sql})`;
  });
  const [row, column, value] = query.columns.map(({ name }) => identifier(name));
  const sql = `SELECT CAST(_n, 'Nullable(Int64)') AS ${row}, _c.1 AS ${column}, _c.2 AS ${value} FROM (SELECT row_number() OVER (${source.scope.window ?? ''}) - 1 AS _n, [${cells.join(', ')}] AS _cells FROM ${source.from}) ARRAY JOIN _cells AS _c`;
  return unordered(sql, query.columns);
}
