import { child, className, listOf, optionalChild, type SyntaxNode, tokenText } from '../kusto/syntax.ts';
import type { Expression, Named } from '../tree/expression.ts';
import type { Query } from '../tree/query.ts';
import type { Binder } from './binder.ts';
import { kindOf, wildcardTables } from './queries.ts';
import type { Scope } from './scope.ts';
import { resultColumns } from './types.ts';
import { sourceName } from './union.ts';

type Source = { name: string; query: Query };

/** `search`, over named tables, every table of the database, or an input. */
export function bindSearch(binder: Binder, node: SyntaxNode, input: Query | undefined, scope: Scope): Query {
  const at = node.TextStart;
  const columns = resultColumns(node);
  const caseSensitive = kindOf(node) === 'case_sensitive';
  const predicate = searchPredicate(binder, child(node, 'Condition'), scope, caseSensitive);
  if (input !== undefined) return { kind: 'where', input: aligned(input, columns, node), predicate, columns, at };
  const withSource = columns.find(({ name }) => name === '$table')?.name;
  const all: Query = { kind: 'union', inputs: sources(binder, node, scope), withSource, columns, at };
  return { kind: 'where', input: all, predicate, columns, at };
}

// `T | search` also tells which table; with one input that is known.
function aligned(
  input: Query,
  columns: readonly { name: string; type: Expression['type'] }[],
  node: SyntaxNode,
): Query {
  const here = new Map(input.columns.map((column) => [column.name, column]));
  const at = node.TextStart;
  const values: Named[] = columns.map(({ name, type }) => ({
    name,
    expression: here.has(name)
      ? { kind: 'column', name, type, at }
      : { kind: 'literal', type: 'string', value: input.kind === 'table' ? input.name : '', at },
  }));
  return { kind: 'project', input, values, columns, at };
}

function sources(binder: Binder, node: SyntaxNode, scope: Scope): Source[] {
  const clause = optionalChild(node, 'InClause');
  if (clause === undefined) return everything(binder, scope, node.TextStart);
  return listOf(clause, 'Expressions').flatMap((item, at) => {
    const symbol = item.ReferencedSymbol;
    if (symbol !== null && symbol !== undefined && className(symbol) === 'GroupSymbol') return wildcardTables(item);
    const query = binder.query(item, scope);
    return [{ name: sourceName(binder, query, at), query }];
  });
}

// All tables, and the query's own views.
function everything(binder: Binder, scope: Scope, at: number): Source[] {
  const tables = [...binder.tables].map(
    ([name, columns]): Source => ({ name, query: { kind: 'table', name, columns, at } }),
  );
  const views = [...scope.meanings].flatMap(([name, meaning]): Source[] => {
    if (meaning.kind !== 'function' || meaning.body === undefined) return [];
    const query = binder.query(meaning.body, meaning.scope);
    return [{ name, query }];
  });
  return [...tables, ...views];
}

function searchPredicate(binder: Binder, node: SyntaxNode, scope: Scope, caseSensitive: boolean): Expression {
  const at = node.TextStart;
  switch (className(node)) {
    case 'ParenthesizedExpression':
      return searchPredicate(binder, child(node, 'Expression'), scope, caseSensitive);
    case 'LiteralExpression': {
      const text: Expression = {
        kind: 'literal',
        type: 'string',
        value: String(node.LiteralValue ?? tokenText(node)),
        at,
      };
      return wildcard({ kind: 'star', type: 'dynamic', at }, text, at, caseSensitive);
    }
    case 'BinaryExpression': {
      const operator = tokenText(child(node, 'Operator'));
      if (operator === 'and' || operator === 'or') {
        const operands = ['Left', 'Right'].map((side) =>
          searchPredicate(binder, child(node, side), scope, caseSensitive),
        );
        return { kind: 'operation', operator, operands, type: 'bool', at };
      }
      if (operator === ':') {
        const left = binder.expression(child(node, 'Left'), scope);
        const right = child(node, 'Right');
        const text =
          className(right) === 'LiteralExpression' ? String(right.LiteralValue ?? tokenText(right)) : undefined;
        const needle: Expression =
          text === undefined ? binder.expression(right, scope) : { kind: 'literal', type: 'string', value: text, at };
        return wildcard(left, needle, at, caseSensitive);
      }
      return binder.expression(node, scope);
    }
    default:
      return binder.expression(node, scope);
  }
}

// Bare words of a search match whole terms; a star at an end opens that end.
function wildcard(left: Expression, right: Expression, at: number, caseSensitive: boolean): Expression {
  const text = right.kind === 'literal' ? String(right.value) : '';
  const [starts, ends] = [text.startsWith('*'), text.endsWith('*') && text.length > 1];
  const bare: Expression =
    right.kind === 'literal' ? { ...right, type: 'string', value: text.replace(/^\*|\*$/g, '') } : right;
  const base = starts && ends ? 'contains' : starts ? 'hassuffix' : ends ? 'hasprefix' : 'has';
  return { kind: 'operation', operator: caseSensitive ? `${base}_cs` : base, operands: [left, bare], type: 'bool', at };
}

/** `find`: the rows of several tables that meet a condition, under the columns asked for. */
export function bindFind(binder: Binder, node: SyntaxNode, scope: Scope): Query {
  const at = node.TextStart;
  const columns = resultColumns(node);
  const inputs = sources(binder, node, scope);
  const withSource = columns.find(({ name }) => name === 'source_')?.name ?? 'source_';
  const known = new Map(inputs.flatMap(({ query }) => query.columns.map((column) => [column.name, column] as const)));
  const everything = [{ name: withSource, type: 'string' as const }, ...known.values()];
  const union: Query = { kind: 'union', inputs, withSource, columns: everything, at };
  const predicate = searchPredicate(binder, child(node, 'Condition'), scope, false);
  const input: Query = { kind: 'where', input: union, predicate, columns: everything, at };
  const shown = new Set(columns.map(({ name }) => name));
  const values: Named[] = columns.map(({ name, type }) => ({
    name,
    expression: name === 'pack_' ? rest(everything, shown, at) : { kind: 'column', name, type, at },
  }));
  return { kind: 'project', input, values, columns, at };
}

function rest(
  all: readonly { name: string; type: Expression['type'] }[],
  shown: ReadonlySet<string>,
  at: number,
): Expression {
  const operands = all
    .filter(({ name }) => !shown.has(name))
    .flatMap(({ name, type }): Expression[] => [
      { kind: 'literal', type: 'string', value: name, at },
      { kind: 'column', name, type, at },
    ]);
  return { kind: 'call', name: 'bag_pack', operands, type: 'dynamic', at };
}
