import { HuntError, unsupported } from '../hunt-error.ts';
import {
  child,
  className,
  items,
  listOf,
  namedParameters,
  optionalChild,
  type SyntaxNode,
  tokenText,
} from '../kusto/syntax.ts';
import type { Expression } from '../tree/expression.ts';
import type { Query } from '../tree/query.ts';
import type { Binder } from './binder.ts';
import { calledBody } from './calls.ts';
import { declaredName, inOrder } from './names.ts';
import { bindOperator } from './operators.ts';
import type { Scope } from './scope.ts';
import { bindFind, bindSearch } from './search.ts';
import { columnsOf, resultColumns } from './types.ts';
import { bindUnion } from './union.ts';

/** Converts a tabular expression, bound by the language service, into our tree. */
export function bindQuery(binder: Binder, node: SyntaxNode, scope: Scope): Query {
  const at = node.TextStart;
  const columns = () => resultColumns(node);
  switch (className(node)) {
    case 'PipeExpression':
      return bindOperator(binder, child(node, 'Operator'), binder.query(child(node, 'Expression'), scope), scope);
    case 'ParenthesizedExpression':
    case 'MaterializeExpression':
    case 'DataScopeExpression':
    case 'MvApplySubqueryExpression':
    case 'SimpleNamedExpression':
    case 'ToTableExpression':
      return binder.query(child(node, 'Expression'), scope);
    case 'NameReference':
      return namedQuery(binder, node, scope);
    case 'DataTableExpression': {
      const width = columns().length;
      const values = listOf(node, 'Values').map((value) => binder.expression(value, scope));
      const rows = Array.from({ length: Math.ceil(values.length / Math.max(width, 1)) }, (_, row) =>
        values.slice(row * width, (row + 1) * width),
      );
      return { kind: 'rows', columns: columns(), rows, at };
    }
    case 'PrintOperator':
      return {
        kind: 'print',
        columns: columns(),
        values: inOrder(binder, listOf(node, 'Expressions'), columns(), scope),
        at,
      };
    case 'RangeOperator':
      return {
        kind: 'range',
        columns: columns(),
        from: binder.expression(child(node, 'From'), scope),
        to: binder.expression(child(node, 'To'), scope),
        step: binder.expression(child(node, 'Step'), scope),
        at,
      };
    case 'UnionOperator':
      return bindUnion(binder, node, undefined, scope);
    case 'SearchOperator':
      return bindSearch(binder, node, undefined, scope);
    case 'FindOperator':
      return bindFind(binder, node, scope);
    case 'ExternalDataExpression':
      return external(node);
    case 'FunctionCallExpression':
      return calledQuery(binder, node, scope);
    case 'PathExpression':
      return binder.query(child(node, 'Selector'), scope);
    default:
      if (scope.context !== undefined && className(node).endsWith('Operator')) {
        return bindOperator(binder, node, scope.context, scope);
      }
      throw unsupported(`${className(node).replace(/(Expression|Operator)$/, '')} as a table`, at);
  }
}

function namedQuery(binder: Binder, node: SyntaxNode, scope: Scope): Query {
  const symbol = node.ReferencedSymbol;
  const name = declaredName(node);
  const at = node.TextStart;
  const meaning = scope.meanings.get(name) ?? binder.named.get(name);
  if (meaning?.kind === 'query') return meaning.query;
  if (meaning?.kind === 'function') return calledQuery(binder, node, scope);
  if (meaning?.kind === 'value') return tableOfValue(meaning.expression, at);
  if (symbol !== null && symbol !== undefined && className(symbol) === 'TableSymbol') {
    return { kind: 'table', name, columns: columnsOf(symbol), at };
  }
  throw new HuntError('semantic', `There is no table ${name}.`, at);
}

function tableOfValue(expression: Expression, at: number): Query {
  return {
    kind: 'print',
    columns: [{ name: 'Column1', type: expression.type }],
    values: [{ name: 'Column1', expression }],
    at,
  };
}

function calledQuery(binder: Binder, node: SyntaxNode, scope: Scope): Query {
  const called = calledBody(binder, node, scope, undefined);
  if (called !== undefined) return binder.query(child(called.body, 'Expression'), called.scope);
  const name = tokenText(optionalChild(node, 'Name') ?? node);
  const at = node.TextStart;
  const operands = listOf(node, 'ArgumentList');
  if (name === 'table' && operands[0] !== undefined) {
    const wanted = binder.expression(operands[0], scope);
    const value = wanted.kind === 'literal' ? String(wanted.value) : '';
    const columns = resultColumns(node);
    const meaning = scope.meanings.get(value);
    if (meaning?.kind === 'query') return meaning.query;
    if (columns.length > 0) return { kind: 'table', name: value, columns, at };
  }
  return {
    kind: 'function',
    name,
    operands: operands.map((operand) => binder.expression(operand, scope)),
    columns: resultColumns(node),
    at,
  };
}

function external(node: SyntaxNode): Query {
  const urls = listOf(node, 'URIs').map((url) => String(url.LiteralValue ?? tokenText(url)));
  const options = optionalChild(node, 'WithClause');
  const format = options === undefined ? undefined : tokenText(options).match(/format=["']?(\w+)/i)?.[1];
  return { kind: 'external', urls, format: format ?? 'csv', columns: resultColumns(node), at: node.TextStart };
}

/** Tables that a wildcard such as `Device*` stands for. */
export function wildcardTables(node: SyntaxNode): { name: string; query: Query }[] {
  return items(node.ReferencedSymbol?.Members).map((table) => ({
    name: table.Name,
    query: { kind: 'table', name: table.Name, columns: columnsOf(table), at: node.TextStart },
  }));
}

/** `kind=` of an operator, lower case. */
export function kindOf(node: SyntaxNode): string | undefined {
  const kind = namedParameters(node).get('kind');
  return kind === undefined ? undefined : tokenText(kind).toLowerCase();
}
