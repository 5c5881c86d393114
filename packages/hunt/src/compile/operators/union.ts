import type { QueryOf } from '../../tree/query.ts';
import { convert } from '../convert.ts';
import { type Relation, sourceOf } from '../relation.ts';
import type { Compilation } from '../scope.ts';
import { atBorder, identifier, quote } from '../sql.ts';
import { empty, unordered } from './sources.ts';

/** `union`: rows of all inputs, under the columns of all; `withsource` says where a row is from. */
export function compileUnion(query: QueryOf<'union'>, compilation: Compilation): Relation {
  const inputs = query.inputs.map(({ name, query: input }) => ({ name, relation: compilation.query(input) }));
  // Types are what came out of compiling: the binder does not know those of plugins.
  const columns = query.columns.map((column) => ({ ...column }));
  const parts = inputs.map(({ name, relation }) => {
    const source = sourceOf(compilation, relation);
    const list = columns.map((column) => {
      if (column.name === query.withSource) return `${quote(name)} AS ${identifier(column.name)}`;
      const own = relation.columns.find((candidate) => candidate.name === column.name);
      const suffixed = relation.columns.find((candidate) => `${candidate.name}_${candidate.type}` === column.name);
      const from =
        own !== undefined && (own.type === column.type || !hasSuffixed(columns, own))
          ? own
          : suffixed?.type === column.type
            ? suffixed
            : undefined;
      const value = from === undefined ? undefined : source.scope.column(from.name);
      return `${value === undefined ? empty(column.type) : atBorder(convert(value, column.type))} AS ${identifier(column.name)}`;
    });
    return `SELECT ${list.join(', ')} FROM ${source.from}`;
  });
  if (parts.length === 0)
    return unordered(
      `SELECT ${columns.map(({ name, type }) => `${empty(type)} AS ${identifier(name)}`).join(', ')} WHERE false`,
      columns,
    );
  return unordered(parts.length === 1 ? String(parts[0]) : `SELECT * FROM (${parts.join(' UNION ALL ')})`, columns);
}

function hasSuffixed(columns: Relation['columns'], { name, type }: Relation['columns'][number]): boolean {
  return columns.some((column) => column.name === `${name}_${type}`);
}
