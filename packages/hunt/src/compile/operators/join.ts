import type { QueryOf } from '../../tree/query.ts';
import { compileExpression } from '../expression.ts';
import { unify } from '../operations/comparison.ts';
import { carriedText, type Relation, type Source, sourceOf } from '../relation.ts';
import type { Compilation } from '../scope.ts';
import { freshName, identifier, isTextual } from '../sql.ts';
import { unordered } from './sources.ts';

const SQL_KINDS: Readonly<Record<string, string>> = {
  inner: 'ALL INNER',
  innerunique: 'ALL INNER',
  leftouter: 'ALL LEFT',
  rightouter: 'ALL RIGHT',
  fullouter: 'ALL FULL',
  leftsemi: 'LEFT SEMI',
  rightsemi: 'RIGHT SEMI',
  leftanti: 'LEFT ANTI',
  rightanti: 'RIGHT ANTI',
};

const OUTER: ReadonlySet<string> = new Set(['leftouter', 'rightouter', 'fullouter']);

// Tables may have columns that are never null; a row that finds no partner needs nulls there.
function nullables({ alias, relation }: Source): string {
  const names = relation.columns.filter(({ type }) => !isTextual(type)).map(({ name }) => identifier(name));
  if (names.length === 0) return '';
  return ` REPLACE(${names.map((name) => `toNullable(${alias}.${name}) AS ${name}`).join(', ')})`;
}

/** `join` and `lookup`: the sides' rows with equal keys; innerunique takes one left row for each key. */
export function compileJoin(query: QueryOf<'join'>, compilation: Compilation): Relation {
  const [left, right] = [compilation.query(query.input), compilation.query(query.right)];
  const [l, r] = [sourceOf(compilation, left), sourceOf(compilation, right)];
  const keys = query.keys.map((key) => {
    const [one, other] = unify(compileExpression(key.left, l.scope), compileExpression(key.right, r.scope));
    return { name: freshName('_k'), left: one.sql, right: other.sql };
  });
  const columns = query.outputs.map(({ side, name }, at) => ({
    name: query.columns[at]?.name ?? name,
    type: (side === 'left' ? left : right).columns.find((column) => column.name === name)?.type ?? 'dynamic',
  }));
  const list = query.outputs.map(
    ({ side, name }, at) => `${side}_.${identifier(name)} AS ${identifier(columns[at]?.name ?? name)}`,
  );
  const keyed = (side: 'left' | 'right', source: typeof l) =>
    `SELECT ${source.alias}.*${OUTER.has(query.join) ? nullables(source) : ''}${keys.map((key) => `, ${key[side]} AS ${key.name}`).join('')} FROM ${source.from}`;
  const unique =
    query.join === 'innerunique' && keys.length > 0 ? ` LIMIT 1 BY ${keys.map(({ name }) => name).join(', ')}` : '';
  const hidden = left.partition === undefined ? '' : carriedText({ ...l, alias: 'left_' });
  const from = `(${keyed('left', l)}${unique}) AS left_`;
  const to = `(${keyed('right', r)}) AS right_`;
  const on = keys.map(({ name }) => `left_.${name} = right_.${name}`).join(' AND ');
  const join =
    query.join === 'cross' || keys.length === 0
      ? `${from} CROSS JOIN ${to}`
      : `${from} ${SQL_KINDS[query.join]} JOIN ${to} ON ${on}`;
  const sql = `SELECT ${list.join(', ')}${hidden} FROM ${join}`;
  return left.partition === undefined ? unordered(sql, columns) : { ...left, sql, columns, order: [] };
}
