import type { Call, Expression, Named } from '../../tree/expression.ts';
import { compileExpression } from '../expression.ts';
import { type Relation, sourceOf } from '../relation.ts';
import type { Compilation } from '../scope.ts';
import { freshName, identifier } from '../sql.ts';

const RESTARTED = new Set(['row_number', 'row_cumsum']);

/** What `withRuns` prepares: rows that know their run, and values that read it. */
export interface Runs {
  readonly input: Relation;
  readonly values: readonly Named[];
  /** Columns that only this step needs. */
  readonly added: readonly string[];
}

/**
 * Prepares for functions over rows that start anew where a condition holds. The condition may itself look at other rows
 * and the engine has no window within a window, so the number of the run becomes a column first. Undefined when no
 * value has such a function.
 */
export function withRuns(input: Relation, values: readonly Named[], compilation: Compilation): Runs | undefined {
  const source = sourceOf(compilation, input);
  const place = freshName('_o');
  const added: string[] = [];
  const marks: string[] = [];
  const sums: string[] = [];
  const number = (name: string, at: number): Expression => ({ kind: 'column', name, type: 'long', at });
  const column = (stem: string, sql: string): string => {
    const name = freshName(stem);
    marks.push(`, ${sql} AS ${identifier(name)}`);
    added.push(name);
    return name;
  };
  const runOf = (test: string): string => {
    const mark = column('_r', test);
    const run = freshName('_r');
    sums.push(mark, run);
    added.push(run);
    return run;
  };
  const holds = (test: Expression | undefined): string =>
    test === undefined ? 'false' : `ifNull(${compileExpression(test, source.scope).sql}, false)`;
  const ranked = (call: Call, isDense: boolean): Expression => {
    const [value, restart] = call.operands;
    if (value === undefined) return call;
    const { at } = call;
    const previous: Call = { kind: 'call', name: 'prev', operands: [value], type: value.type, at };
    const text = (of: Expression) => `toString(tuple(${compileExpression(of, source.scope).sql}))`;
    const isFirst = `row_number() OVER (${source.scope.window ?? ''}) = 1`;
    const starts = holds(restart);
    const changes = `(NOT (${isFirst}) AND NOT (${starts}) AND ${text(value)} != ${text(previous)})`;
    const one: Expression = { kind: 'literal', type: 'long', value: 1n, at };
    const plus = (operator: string, left: Expression, right: Expression): Expression => {
      return { kind: 'operation', operator, operands: [left, right], type: 'long', at };
    };
    const over = (name: string, first: Expression, run: string): Expression => {
      return { kind: 'call', name, operands: [first, number(run, at)], type: 'long', at };
    };
    const run = runOf(starts);
    if (isDense) return plus('+', over('row_cumsum', number(column('_r', `toInt64(${changes})`), at), run), one);
    // The place in the run, less the place among equal values.
    const equals = runOf(`(${starts} OR ${changes})`);
    return plus('+', plus('-', over('row_number', one, run), over('row_number', one, equals)), one);
  };
  const rewrite = (expression: Expression): Expression => {
    if (expression.kind === 'operation') return { ...expression, operands: expression.operands.map(rewrite) };
    if (expression.kind !== 'call') return expression;
    const name = expression.name.toLowerCase();
    if (name === 'row_rank_dense' || name === 'row_rank_min') return ranked(expression, name === 'row_rank_dense');
    const [value, restart] = expression.operands;
    if (!RESTARTED.has(name) || value === undefined || restart === undefined)
      return { ...expression, operands: expression.operands.map(rewrite) };
    return { ...expression, operands: [value, number(runOf(holds(restart)), expression.at)] };
  };
  const rewritten = values.map(({ name, expression }) => ({ name, expression: rewrite(expression) }));
  if (added.length === 0) return undefined;
  // Rows with equal keys must keep one order through every step.
  const numbered = `SELECT ${source.alias}.*${marks.join('')}, row_number() OVER (${source.scope.window ?? ''}) AS ${identifier(place)} FROM ${source.from}`;
  const outer = sourceOf(compilation, {
    ...input,
    sql: numbered,
    order: [{ column: place, descending: false, nullsFirst: false }],
  });
  const runs = sums.flatMap((mark, at) => {
    const run = sums[at + 1];
    if (at % 2 === 1 || run === undefined) return [];
    const sum = `sum(toInt64(${outer.alias}.${identifier(mark)})) OVER (${outer.scope.window ?? ''} ROWS UNBOUNDED PRECEDING)`;
    return [`, toInt64(${sum}) AS ${identifier(run)}`];
  });
  const columns = [...input.columns, ...added.map((name) => ({ name, type: 'long' as const }))];
  const sql = `SELECT ${outer.alias}.*${runs.join('')} FROM ${outer.from}`;
  return { input: { ...outer.relation, sql, columns }, values: rewritten, added };
}

/** Takes away what `withRuns` added. */
export function withoutRuns(relation: Relation, added: readonly string[]): Relation {
  const alias = freshName('s');
  const columns = relation.columns.filter(({ name }) => !added.includes(name));
  const sql = `SELECT ${alias}.* EXCEPT(${added.map(identifier).join(', ')}) FROM (${relation.sql}) AS ${alias}`;
  return { ...relation, sql, columns };
}
