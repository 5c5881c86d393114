import type { QueryOf } from '../../tree/query.ts';
import { convert, fromTicks, jsonOf, ticksOf } from '../convert.ts';
import { arrayOf } from '../dynamic-path.ts';
import { compileExpression } from '../expression.ts';
import { type Relation, sourceOf } from '../relation.ts';
import type { Compilation } from '../scope.ts';
import { atBorder, freshName, identifier, type Sql, typed } from '../sql.ts';
import { unordered } from './sources.ts';

/**
 * `make-series`: for each key an array over the whole axis, with the fallback where a step has no rows. Without its
 * ends, the axis goes from the first to the last step that occurs anywhere.
 */
export function compileSeries(query: QueryOf<'series'>, compilation: Compilation): Relation {
  const input = compilation.query(query.input);
  const before = sourceOf(compilation, input);
  const axis = compileExpression(query.axis.expression, before.scope);
  const number = numberOf(axis);
  const constants = { ...before.scope, column: () => undefined };
  const stepValue = compileExpression(query.step, constants);
  const whole = axis.type !== 'real' && axis.type !== 'decimal';
  const step = convert(stepValue, axis.type === 'datetime' ? 'timespan' : axis.type).sql;
  const edge = (expression: typeof query.from) =>
    expression === undefined ? undefined : numberOf(convert(compileExpression(expression, constants), axis.type));
  const [from, to] = [edge(query.from), edge(query.to)];
  const bound = [
    ...(from === undefined ? [] : [`${number} >= ${from}`]),
    ...(to === undefined ? [] : [`${number} < ${to}`]),
    `isNotNull(${number})`,
  ].join(' AND ');
  const [place, start] = [freshName('_n'), freshName('_f')];
  // Without a start the axis is aligned as bin() aligns.
  const origin =
    from ??
    (axis.type === 'datetime'
      ? `(minOrNull(${number}) OVER () - positiveModulo(minOrNull(${number}) OVER () + 621355968000000000, ${step}))`
      : `(floor(minOrNull(${number}) OVER () / ${step}) * ${step})`);
  const keyValues = query.keys.map(({ name, expression }) => ({
    name,
    hidden: freshName('_g'),
    value: compileExpression(expression, before.scope),
  }));
  const based = `SELECT ${before.alias}.*, ${number} AS ${place}_x, ${origin} AS ${start}${keyValues.map(({ hidden, value }) => `, ${atBorder(value)} AS ${hidden}`).join('')} FROM ${before.from} WHERE ${bound}`;
  const base = sourceOf(compilation, { ...input, sql: based });
  const slot = whole
    ? `intDiv(${base.alias}.${place}_x - ${base.alias}.${start}, ${step})`
    : `toInt64(floor((${base.alias}.${place}_x - ${base.alias}.${start}) / ${step} + 1e-9))`;
  const values = query.values.map(({ name, expression, fallback }) => {
    const value = compileExpression(expression, base.scope);
    return { name, hidden: freshName('_a'), value, fallback: jsonOf(compileExpression(fallback, constants)) };
  });
  const groups = keyValues.map(({ hidden }) => `${base.alias}.${hidden}`);
  const steps = `SELECT ${[...keyValues.map(({ hidden }) => `${base.alias}.${hidden} AS ${hidden}`), `${slot} AS ${place}`, `any(${base.alias}.${start}) AS ${start}`, ...values.map(({ hidden, value }) => `${jsonOf({ ...value, nonNull: false })} AS ${hidden}`)].join(', ')} FROM ${base.from} GROUP BY ${[...groups, place].join(', ')}`;
  const s = freshName('s');
  const lastSlot =
    to === undefined
      ? `max(${s}.${place}) OVER ()`
      : whole
        ? `intDiv(${to} - ${s}.${start} - 1, ${step})`
        : `toInt64(ceil((${to} - ${s}.${start}) / ${step})) - 1`;
  const sized = `SELECT ${s}.*, ${lastSlot} AS ${place}_last FROM (${steps}) AS ${s}`;
  const t = freshName('s');
  const size = freshName('_z');
  const first = freshName('_f');
  const slots = freshName('_l');
  const list = [
    ...keyValues.map(({ name, hidden }) => `${t}.${hidden} AS ${identifier(name)}`),
    ...values.map(({ name, hidden, fallback }) => {
      const filled = arrayOf(
        `arrayMap(_i -> if(has(${slots}, _i), (groupArray(${t}.${hidden}) AS ${hidden}_all)[indexOf(${slots}, _i)], ${fallback}), range(${size}))`,
      );
      return `${filled.sql} AS ${identifier(name)}`;
    }),
  ];
  const item = axisItem(axis, `(${first} + _i * ${step})`);
  const axisSql = arrayOf(`arrayMap(_i -> ${item}, range(${size}))`).sql;
  const setup = [
    `groupArray(assumeNotNull(toInt64(${t}.${place}))) AS ${slots}`,
    `toUInt64(greatest(0, ifNull(any(${t}.${place}_last), -1) + 1)) AS ${size}`,
    `assumeNotNull(any(${t}.${start})) AS ${first}`,
  ];
  const group =
    keyValues.length === 0
      ? ' HAVING count() > 0'
      : ` GROUP BY ${keyValues.map(({ hidden }) => `${t}.${hidden}`).join(', ')}`;
  const grouped = `SELECT ${[...list, `${axisSql} AS ${identifier(query.axis.name)}`, ...setup].join(', ')} FROM (${sized}) AS ${t}${group}`;
  const columns = [
    ...keyValues.map(({ name, value }) => ({ name, type: value.type })),
    ...values.map(({ name }) => ({ name, type: 'dynamic' as const })),
    { name: query.axis.name, type: 'dynamic' as const },
  ];
  const out = freshName('s');
  if (query.nonEmpty && query.keys.length === 0 && from !== undefined && to !== undefined) {
    return orFallback(
      grouped,
      from,
      to,
      step,
      axis,
      columns,
      values.map(({ fallback }) => fallback),
    );
  }
  return unordered(
    `SELECT ${columns.map(({ name }) => `${out}.${identifier(name)} AS ${identifier(name)}`).join(', ')} FROM (${grouped}) AS ${out}`,
    columns,
  );
}

// One series of fallbacks where there are no rows at all.
function orFallback(
  grouped: string,
  from: string,
  to: string,
  step: string,
  axis: Sql,
  columns: Relation['columns'],
  fallbacks: readonly string[],
): Relation {
  const size = `range(toUInt64(greatest(0, ceil((${to} - ${from}) / ${step}))))`;
  const list = columns.map(({ name }, at) => {
    const item = fallbacks[at] ?? axisItem(axis, `assumeNotNull(${from} + _i * ${step})`);
    return `${arrayOf(`arrayMap(_i -> ${item}, ${size})`).sql} AS ${identifier(name)}`;
  });
  const out = freshName('s');
  const found = `SELECT ${columns.map(({ name }) => `${out}.${identifier(name)} AS ${identifier(name)}`).join(', ')}, 1 AS _found FROM (${grouped}) AS ${out}`;
  const empty = `SELECT ${list.join(', ')}, 0 AS _found`;
  const all = freshName('s');
  return unordered(
    `SELECT ${columns.map(({ name }) => `${all}.${identifier(name)} AS ${identifier(name)}`).join(', ')} FROM (SELECT * FROM (${found} UNION ALL ${empty}) ORDER BY _found DESC LIMIT 1) AS ${all}`,
    columns,
  );
}

function numberOf(value: Sql): string {
  return value.type === 'datetime' ? ticksOf(value.sql) : value.sql;
}

function axisItem(axis: Sql, number: string): string {
  if (axis.type === 'datetime') return jsonOf(typed('datetime', fromTicks(`toInt64(${number})`), { nonNull: true }));
  return jsonOf(typed(axis.type, number, { nonNull: true }));
}
