import { child, listOf, namedParameters, optionalChild, type SyntaxNode, tokenText } from '../kusto/syntax.ts';
import type { Column, Scalar } from '../tree/expression.ts';
import type { Expansion, Query } from '../tree/query.ts';
import type { Binder } from './binder.ts';
import { declaredName, givenNames } from './names.ts';
import type { Scope } from './scope.ts';
import { resultColumns } from './types.ts';

function expansions(
  binder: Binder,
  node: SyntaxNode,
  input: Query,
  columns: readonly Column[],
  scope: Scope,
): Expansion[] {
  const fresh = columns.slice(input.columns.length).map(({ name }) => name);
  const types = new Map(columns.map(({ name, type }) => [name, type]));
  const index = itemIndex(node);
  return listOf(node, 'Expressions').map((item) => {
    const value = child(item, 'Expression');
    const found =
      givenNames(value)[0] ?? binder.kusto.Binding.Binder.GetExpressionResultName(value, null, null) ?? undefined;
    const name = found ?? fresh.find((candidate) => candidate !== index) ?? 'Column1';
    const declared = optionalChild(item, 'ToTypeOf');
    const type = declared === undefined ? types.get(name) : typeNamed(/\((\w+)\)/.exec(tokenText(declared))?.[1]);
    return { name, expression: binder.expression(value, scope), type: type ?? 'dynamic' };
  });
}

const ALIASES: Readonly<Record<string, Scalar>> = {
  boolean: 'bool',
  date: 'datetime',
  double: 'real',
  time: 'timespan',
  uniqueid: 'guid',
  uuid: 'guid',
};

// Types have older names too.
function typeNamed(name: string | undefined): Scalar | undefined {
  if (name === undefined) return undefined;
  return ALIASES[name] ?? (name as Scalar);
}

function itemIndex(node: SyntaxNode): string | undefined {
  const parameter = namedParameters(node).get('with_itemindex');
  return parameter === undefined ? undefined : declaredName(parameter);
}

/** `mv-expand`. */
export function bindExpand(binder: Binder, node: SyntaxNode, input: Query, scope: Scope): Query {
  const columns = resultColumns(node);
  const limit = optionalChild(node, 'RowLimitClause');
  const kind = namedParameters(node).get('kind') ?? namedParameters(node).get('bagexpansion');
  const found = expansions(binder, node, input, columns, scope);
  const types = new Map(found.map(({ name, type }) => [name, type]));
  return {
    kind: 'expand',
    input,
    expansions: found,
    asArray: kind !== undefined && tokenText(kind).toLowerCase() === 'array',
    itemIndex: itemIndex(node),
    limit: limit === undefined ? undefined : binder.expression(child(limit, 'RowLimit'), scope),
    columns: columns.map(({ name, type }) => ({ name, type: types.get(name) ?? type })),
    at: node.TextStart,
  };
}

/** `mv-apply`: a sub-query over the elements of each row. */
export function bindApply(binder: Binder, node: SyntaxNode, input: Query, scope: Scope): Query {
  const columns = resultColumns(node);
  const limit = optionalChild(node, 'RowLimitClause');
  const found = expansions(binder, node, input, columns, scope);
  const index = itemIndex(node);
  const here: Column[] = [...input.columns];
  for (const { name, type } of found) {
    const at = here.findIndex((column) => column.name === name);
    if (at < 0) here.push({ name, type });
    else here[at] = { name, type };
  }
  if (index !== undefined) here.push({ name: index, type: 'long' });
  const context: Query = { kind: 'context', columns: here, at: node.TextStart };
  return {
    kind: 'apply',
    input,
    expansions: found,
    itemIndex: index,
    limit: limit === undefined ? undefined : binder.expression(child(limit, 'RowLimit'), scope),
    sub: binder.query(child(node, 'Subquery'), { ...scope, context }),
    context: input.columns,
    columns,
    at: node.TextStart,
  };
}
