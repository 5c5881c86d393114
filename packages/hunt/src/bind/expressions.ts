import { HuntError, unsupported } from '../hunt-error.ts';
import { child, className, listOf, optionalChild, type SyntaxNode, tokenText } from '../kusto/syntax.ts';
import type { Expression, Operation } from '../tree/expression.ts';
import type { Query } from '../tree/query.ts';
import type { Binder } from './binder.ts';
import { bindCall } from './calls.ts';
import { literalOf } from './literals.ts';
import type { Scope } from './scope.ts';
import { isTable, scalarOf } from './types.ts';

/** Converts a scalar expression, bound by the language service, into our tree. */
export function bindExpression(binder: Binder, node: SyntaxNode, scope: Scope): Expression {
  const again = (next: SyntaxNode) => binder.expression(next, scope);
  const at = node.TextStart;
  switch (className(node)) {
    case 'LiteralExpression':
    case 'DynamicExpression':
    case 'JsonArrayExpression':
    case 'JsonObjectExpression':
      return literalOf(node);
    case 'CompoundStringLiteralExpression':
      return { kind: 'literal', type: 'string', value: String(node.LiteralValue), at };
    case 'TypeOfLiteralExpression':
      return { kind: 'literal', type: 'string', value: tokenText(node).replace(/^typeof\((.*)\)$/, '$1'), at };
    case 'ParenthesizedExpression':
    case 'SimpleNamedExpression':
    case 'CompoundNamedExpression':
    case 'OrderedExpression':
      return again(child(node, 'Expression'));
    case 'NameReference':
      return nameReference(binder, node, scope);
    case 'BinaryExpression':
      return operation(node, tokenText(child(node, 'Operator')), [
        again(child(node, 'Left')),
        again(child(node, 'Right')),
      ]);
    case 'PrefixUnaryExpression':
      return negation(node, again(child(node, 'Expression')));
    case 'InExpression':
      return membership(binder, node, scope);
    case 'HasAnyExpression':
    case 'HasAllExpression':
      return operation(node, tokenText(child(node, 'Operator')), [
        again(child(node, 'Left')),
        ...rightSide(binder, node, scope),
      ]);
    case 'BetweenExpression': {
      const right = child(node, 'Right');
      return operation(node, tokenText(child(node, 'Operator')), [
        again(child(node, 'Left')),
        again(child(right, 'First')),
        again(child(right, 'Second')),
      ]);
    }
    case 'PathExpression':
      return path(node, again);
    case 'ElementExpression':
      return {
        kind: 'element',
        base: again(child(node, 'Expression')),
        key: again(child(child(node, 'Selector'), 'Expression')),
        type: scalarOf(node.ResultType),
        at,
      };
    case 'FunctionCallExpression':
      return bindCall(binder, node, scope);
    case 'ToScalarExpression':
      if (!isTabular(child(node, 'Expression'), scope)) return again(child(node, 'Expression'));
      return {
        kind: 'scalar-query',
        query: binder.query(child(node, 'Expression'), scope),
        type: scalarOf(node.ResultType),
        at,
      };
    case 'StarExpression':
      return { kind: 'star', type: 'dynamic', at };
    case 'MaterializeExpression':
      return again(child(node, 'Expression'));
    default:
      throw unsupported(`${className(node).replace(/Expression$/, '')} as a value`, at);
  }
}

function operation(node: SyntaxNode, operator: string, operands: Expression[]): Operation {
  return {
    kind: 'operation',
    operator: operator.replace(/\s+/g, ''),
    operands,
    type: scalarOf(node.ResultType),
    at: node.TextStart,
  };
}

function negation(node: SyntaxNode, operand: Expression): Expression {
  if (tokenText(child(node, 'Operator')) !== '-') return operand;
  if (operand.kind === 'literal' && (typeof operand.value === 'number' || typeof operand.value === 'bigint')) {
    return { ...operand, value: -operand.value, at: node.TextStart };
  }
  return operation(node, 'negate', [operand]);
}

function nameReference(binder: Binder, node: SyntaxNode, scope: Scope): Expression {
  const symbol = node.ReferencedSymbol;
  const name = symbol?.Name ?? node.SimpleName ?? tokenText(node);
  const kind = symbol === null || symbol === undefined ? '' : className(symbol);
  if (kind === 'ColumnSymbol') {
    return { kind: 'column', name, type: scalarOf(symbol?.Type ?? node.ResultType), at: node.TextStart };
  }
  const meaning = scope.meanings.get(name) ?? binder.named.get(name);
  if (meaning?.kind === 'value') return { ...meaning.expression, at: node.TextStart };
  if (meaning?.kind === 'query') return firstCell(meaning.query, node);
  if (kind === 'FunctionSymbol') return bindCall(binder, node, scope);
  throw new HuntError('semantic', `The name ${name} is not known here.`, node.TextStart);
}

// A tabular `let` used as a value stands for its first cell.
function firstCell(query: Query, node: SyntaxNode): Expression {
  return { kind: 'scalar-query', query, type: query.columns[0]?.type ?? 'dynamic', at: node.TextStart };
}

function path(node: SyntaxNode, again: (node: SyntaxNode) => Expression): Expression {
  const selector = child(node, 'Selector');
  const at = node.TextStart;
  const referenced = node.ReferencedSymbol ?? selector.ReferencedSymbol;
  if (referenced !== null && referenced !== undefined && className(referenced) === 'ColumnSymbol') {
    return { kind: 'column', name: referenced.Name, type: scalarOf(referenced.Type), at };
  }
  const key: Expression =
    className(selector) === 'NameReference'
      ? { kind: 'literal', type: 'string', value: selector.SimpleName ?? tokenText(selector), at: selector.TextStart }
      : again(optionalChild(selector, 'Expression') ?? selector);
  return { kind: 'element', base: again(child(node, 'Expression')), key, type: scalarOf(node.ResultType), at };
}

function membership(binder: Binder, node: SyntaxNode, scope: Scope): Expression {
  const left = binder.expression(child(node, 'Left'), scope);
  const operator = tokenText(child(node, 'Operator')).replace(/\s+/g, '');
  const [only, second] = listOf(node, 'Right');
  if (only !== undefined && second === undefined && isTabular(only, scope)) {
    const query = binder.query(only, scope);
    return { kind: 'in-query', operator, left, query, type: 'bool', at: node.TextStart };
  }
  return operation(node, operator, [left, ...rightSide(binder, node, scope)]);
}

function rightSide(binder: Binder, node: SyntaxNode, scope: Scope): Expression[] {
  return listOf(node, 'Right').map((item) =>
    isTabular(item, scope) ? arrayOfColumn(binder.query(item, scope), item) : binder.expression(item, scope),
  );
}

// `has_any (T | project x)`: the first column of the rows as an array.
function arrayOfColumn(query: Query, node: SyntaxNode): Expression {
  const column = query.columns[0];
  const at = node.TextStart;
  if (column === undefined) throw new HuntError('semantic', 'The rows have no column.', at);
  const name = 'values';
  const collected: Expression = {
    kind: 'call',
    name: 'make_set',
    operands: [{ kind: 'column', name: column.name, type: column.type, at }],
    type: 'dynamic',
    at,
  };
  return {
    kind: 'scalar-query',
    type: 'dynamic',
    at,
    query: {
      kind: 'summarize',
      input: query,
      keys: [],
      aggregates: [{ names: [name], expression: collected }],
      columns: [{ name, type: 'dynamic' }],
      at,
    },
  };
}

/** Whether an expression is a table: by its bound type, or by the meaning of its name. */
export function isTabular(node: SyntaxNode, scope: Scope): boolean {
  if (isTable(node.ResultType)) return true;
  if (className(node) === 'ParenthesizedExpression') return isTabular(child(node, 'Expression'), scope);
  if (className(node) === 'NameReference') {
    const name = node.ReferencedSymbol?.Name ?? node.SimpleName ?? '';
    return scope.meanings.get(name)?.kind === 'query' && node.ReferencedSymbol?.Kind !== undefined && !isColumn(node);
  }
  return false;
}

function isColumn(node: SyntaxNode): boolean {
  const symbol = node.ReferencedSymbol;
  return symbol !== null && symbol !== undefined && className(symbol) === 'ColumnSymbol';
}
