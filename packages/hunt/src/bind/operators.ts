import { unsupported } from '../hunt-error.ts';
import { child, className, listOf, optionalChild, type SyntaxNode, tokenText } from '../kusto/syntax.ts';
import type { Query, SortKey } from '../tree/query.ts';
import type { Binder } from './binder.ts';
import { bindApply, bindExpand } from './expansions.ts';
import { bindInvoke, bindPartition, bindPlugin } from './invocations.ts';
import { bindJoin } from './joins.ts';
import { added, declaredName, inOrder } from './names.ts';
import { bindParse, bindParseKv } from './parsing.ts';
import type { Scope } from './scope.ts';
import { bindSearch } from './search.ts';
import { bindSeries, bindSummarize, bindTopNested } from './summaries.ts';
import { resultColumns } from './types.ts';
import { bindUnion } from './union.ts';

/** Converts `input | operator`. */
export function bindOperator(binder: Binder, node: SyntaxNode, input: Query, scope: Scope): Query {
  const at = node.TextStart;
  const columns = resultColumns(node);
  const value = (name: string) => binder.expression(child(node, name), scope);
  switch (className(node)) {
    case 'FilterOperator':
      return { kind: 'where', input, predicate: value('Condition'), columns: input.columns, at };
    case 'ExtendOperator':
      return {
        kind: 'extend',
        input,
        values: added(binder, listOf(node, 'Expressions'), input.columns, columns, scope),
        columns,
        at,
      };
    case 'ProjectOperator':
      return {
        kind: 'project',
        input,
        values: inOrder(binder, listOf(node, 'Expressions'), columns, scope),
        columns,
        at,
      };
    case 'ProjectAwayOperator':
    case 'ProjectKeepOperator':
    case 'ProjectReorderOperator':
    case 'ProjectByNamesOperator':
      return chosen(
        input,
        columns,
        columns.map(({ name }) => name),
        at,
      );
    case 'ProjectRenameOperator':
      return chosen(
        input,
        columns,
        input.columns.map(({ name }) => name),
        at,
      );
    case 'SerializeOperator':
      return {
        kind: 'serialize',
        input,
        values: added(binder, listOf(node, 'Expressions'), input.columns, columns, scope),
        columns,
        at,
      };
    case 'SummarizeOperator':
      return bindSummarize(binder, node, input, scope);
    case 'SortOperator':
      return {
        kind: 'sort',
        input,
        keys: listOf(node, 'Expressions').map((key) => sortKey(binder, key, scope)),
        columns: input.columns,
        at,
      };
    case 'TopOperator':
      return {
        kind: 'top',
        input,
        count: value('Expression'),
        keys: [sortKey(binder, child(node, 'ByExpression'), scope)],
        columns: input.columns,
        at,
      };
    case 'TakeOperator':
      return { kind: 'take', input, count: value('Expression'), columns: input.columns, at };
    case 'CountOperator':
      return { kind: 'count', input, columns, at };
    case 'DistinctOperator':
      return distinct(binder, node, input, scope);
    case 'JoinOperator':
    case 'LookupOperator':
      return bindJoin(binder, node, input, scope);
    case 'UnionOperator':
      return bindUnion(binder, node, input, scope);
    case 'SearchOperator':
      return bindSearch(binder, node, input, scope);
    case 'MvExpandOperator':
      return bindExpand(binder, node, input, scope);
    case 'MvApplyOperator':
      return bindApply(binder, node, input, scope);
    case 'ParseOperator':
    case 'ParseWhereOperator':
      return bindParse(binder, node, input, scope);
    case 'ParseKvOperator':
      return bindParseKv(binder, node, input, scope);
    case 'MakeSeriesOperator':
      return bindSeries(binder, node, input, scope);
    case 'TopNestedOperator':
      return bindTopNested(binder, node, input, scope);
    case 'EvaluateOperator':
      return bindPlugin(binder, node, input, scope);
    case 'InvokeOperator':
      return bindInvoke(binder, node, input, scope);
    case 'PartitionOperator':
      return bindPartition(binder, node, input, scope);
    case 'AsOperator':
      binder.named.set(declaredName(child(node, 'Name')), { kind: 'query', query: input });
      return input;
    case 'RenderOperator':
      return input;
    case 'ConsumeOperator':
      return {
        kind: 'take',
        input,
        count: { kind: 'literal', type: 'long', value: 0n, at },
        columns: input.columns,
        at,
      };
    case 'SampleOperator':
      return { kind: 'sample', input, count: value('Expression'), of: undefined, columns, at };
    case 'SampleDistinctOperator':
      return { kind: 'sample', input, count: value('Expression'), of: value('OfExpression'), columns, at };
    case 'GetSchemaOperator':
      return { kind: 'schema', input, columns, at };
    case 'AssertSchemaOperator':
      return input;
    default:
      throw unsupported(`The operator ${tokenText(node.GetChild(0) ?? node)}`, at, INSTEAD[className(node)]);
  }
}

const INSTEAD: Readonly<Record<string, string>> = {
  ForkOperator: 'Run each branch as a query of its own.',
  FacetOperator: 'Run `summarize count() by column` for each column.',
  ReduceByOperator: 'Summarize by a shortened form of the text instead.',
  ScanOperator: 'Use `serialize` with `prev()` and `row_cumsum()` for steps that follow each other.',
  TopHittersOperator: 'Use `summarize count() by column | top n by count_`.',
  MakeGraphOperator: 'Join the edges step by step instead.',
  GraphMatchOperator: 'Join the edges step by step instead.',
  PartitionByOperator: 'Use `partition by column (…)`.',
};

function chosen(input: Query, columns: Query['columns'], from: readonly string[], at: number): Query {
  const values = columns.map(({ name, type }, place) => ({
    name,
    expression: { kind: 'column' as const, name: from[place] ?? name, type, at },
  }));
  return { kind: 'project', input, values, columns, at };
}

function distinct(binder: Binder, node: SyntaxNode, input: Query, scope: Scope): Query {
  const expressions = listOf(node, 'Expressions');
  const columns = resultColumns(node);
  const at = node.TextStart;
  const stars = expressions.some((item) => className(item) === 'StarExpression');
  const values = stars ? undefined : inOrder(binder, expressions, columns, scope);
  const projected: Query = values === undefined ? input : { kind: 'project', input, values, columns, at };
  return { kind: 'distinct', input: projected, columns, at };
}

/** A key of `sort` or `top`: descending unless said otherwise; nulls last when descending, first when ascending. */
export function sortKey(binder: Binder, node: SyntaxNode, scope: Scope): SortKey {
  const ordering = className(node) === 'OrderedExpression' ? optionalChild(node, 'Ordering') : undefined;
  const words = ordering === undefined ? '' : tokenText(ordering).toLowerCase();
  const descending = !words.startsWith('asc');
  const nullsFirst = words.endsWith('nullsfirst') ? true : words.endsWith('nullslast') ? false : !descending;
  return { expression: binder.expression(node, scope), descending, nullsFirst };
}
