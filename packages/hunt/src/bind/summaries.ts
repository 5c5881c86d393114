import { child, className, listOf, optionalChild, type SyntaxNode } from '../kusto/syntax.ts';
import type { Named } from '../tree/expression.ts';
import type { Aggregated, NestedLevel, Query } from '../tree/query.ts';
import type { Binder } from './binder.ts';
import { givenNames, inOrder, widthOf } from './names.ts';
import { kindOf } from './queries.ts';
import type { Scope } from './scope.ts';
import { resultColumns } from './types.ts';

/** `summarize`: keys come out first, then aggregates, as the binder names them. */
export function bindSummarize(binder: Binder, node: SyntaxNode, input: Query, scope: Scope): Query {
  const columns = resultColumns(node);
  const by = optionalChild(node, 'ByClause');
  const keyNodes = by === undefined ? [] : listOf(by, 'Expressions');
  const keys = inOrder(binder, keyNodes, columns, scope);
  const aggregates: Aggregated[] = [];
  let next = keys.length;
  for (const item of listOf(node, 'Aggregates')) {
    const width = widthOf(item);
    const names = columns.slice(next, next + width).map(({ name }) => name);
    aggregates.push({ names, expression: binder.expression(item, scope) });
    next += width;
  }
  return { kind: 'summarize', input, keys, aggregates, columns, at: node.TextStart };
}

/** `make-series`: the columns are the keys, then the series, then the axis. */
export function bindSeries(binder: Binder, node: SyntaxNode, input: Query, scope: Scope): Query {
  const columns = resultColumns(node);
  const by = optionalChild(node, 'ByClause');
  const keys = inOrder(binder, by === undefined ? [] : listOf(by, 'Expressions'), columns, scope);
  const series = listOf(node, 'Aggregates');
  const axisNode = child(child(node, 'OnClause'), 'Expression');
  const axisName = columns.at(-1)?.name ?? 'axis';
  const values = series.map((item, at) => {
    const fallback = optionalChild(item, 'DefaultExpression');
    const type = 'long' as const;
    return {
      name: columns[keys.length + at]?.name ?? `series_${at}`,
      expression: binder.expression(child(item, 'Expression'), scope),
      fallback:
        fallback === undefined
          ? { kind: 'literal' as const, type, value: 0n, at: item.TextStart }
          : binder.expression(child(fallback, 'Expression'), scope),
    };
  });
  const axis: Named = { name: axisName, expression: binder.expression(axisNode, scope) };
  return {
    kind: 'series',
    input,
    values,
    axis,
    keys,
    nonEmpty: kindOf(node) === 'nonempty',
    ...seriesRange(binder, child(node, 'RangeClause'), scope),
    columns,
    at: node.TextStart,
  };
}

function seriesRange(binder: Binder, node: SyntaxNode, scope: Scope) {
  if (className(node) === 'MakeSeriesInRangeClause') {
    const [from, to, step] = listOf(node, 'Arguments').map((item) => binder.expression(item, scope));
    return {
      from,
      to,
      step: step ?? { kind: 'literal' as const, type: 'long' as const, value: 1n, at: node.TextStart },
    };
  }
  const clause = (name: string) => {
    const found = optionalChild(node, name);
    return found === undefined ? undefined : binder.expression(child(found, 'Expression'), scope);
  };
  const step = clause('MakeSeriesStepClause');
  return {
    from: clause('MakeSeriesFromClause'),
    to: clause('MakeSeriesToClause'),
    step: step ?? { kind: 'literal' as const, type: 'long' as const, value: 1n, at: node.TextStart },
  };
}

/** `top-nested`: each level has its key and its aggregate, in this order. */
export function bindTopNested(binder: Binder, node: SyntaxNode, input: Query, scope: Scope): Query {
  const columns = resultColumns(node);
  const levels = listOf(node, 'Clauses').map((clause, at): NestedLevel => {
    const count = optionalChild(clause, 'Expression');
    const others = optionalChild(clause, 'WithOthersClause');
    const by = child(clause, 'ByExpression');
    return {
      count: count === undefined ? undefined : binder.expression(count, scope),
      of: {
        name: columns[at * 2]?.name ?? `Column${at}`,
        expression: binder.expression(child(clause, 'OfExpression'), scope),
      },
      by: {
        name: columns[at * 2 + 1]?.name ?? givenNames(by)[0] ?? 'aggregated',
        expression: binder.expression(by, scope),
      },
      others: others === undefined ? undefined : binder.expression(child(others, 'Expression'), scope),
      descending: !/\basc\b/.test(by.IsToken ? '' : lastToken(by)),
    };
  });
  return { kind: 'nested', input, levels, columns, at: node.TextStart };
}

function lastToken(node: SyntaxNode): string {
  const ordering = className(node) === 'OrderedExpression' ? optionalChild(node, 'Ordering') : undefined;
  return ordering === undefined ? '' : (optionalChild(ordering, 'AscOrDescKeyword')?.Text ?? '');
}
