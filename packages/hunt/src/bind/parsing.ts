import { unsupported } from '../hunt-error.ts';
import {
  child,
  className,
  elements,
  listOf,
  namedParameters,
  optionalChild,
  type SyntaxNode,
  tokenText,
} from '../kusto/syntax.ts';
import type { Scalar } from '../tree/expression.ts';
import type { ParsePart, Query } from '../tree/query.ts';
import type { Binder } from './binder.ts';
import { declaredName } from './names.ts';
import { kindOf } from './queries.ts';
import type { Scope } from './scope.ts';
import { resultColumns, scalarOf } from './types.ts';

/** `parse` and `parse-where`. */
export function bindParse(binder: Binder, node: SyntaxNode, input: Query, scope: Scope): Query {
  const style = kindOf(node) ?? 'simple';
  if (style !== 'simple' && style !== 'regex' && style !== 'relaxed')
    throw unsupported(`parse kind=${style}`, node.TextStart);
  const flags = namedParameters(node).get('flags');
  return {
    kind: 'parse',
    input,
    style,
    flags: flags === undefined ? '' : tokenText(flags),
    source: binder.expression(child(node, 'Expression'), scope),
    parts: elements(optionalChild(node, 'Patterns')).map((part) => parsePart(binder, part, scope)),
    filters: className(node) === 'ParseWhereOperator',
    columns: resultColumns(node),
    at: node.TextStart,
  };
}

function parsePart(binder: Binder, node: SyntaxNode, scope: Scope): ParsePart {
  switch (className(node)) {
    case 'StarExpression':
      return { kind: 'star' };
    case 'NameDeclaration':
      return { kind: 'column', name: declaredName(node), type: 'string' };
    case 'NameAndTypeDeclaration':
      return { kind: 'column', name: declaredName(child(node, 'Name')), type: declaredType(node) };
    default: {
      const text = binder.expression(node, scope);
      if (text.kind !== 'literal') throw unsupported('A pattern that is no literal', node.TextStart);
      return { kind: 'text', text: String(text.value) };
    }
  }
}

function declaredType(node: SyntaxNode): Scalar {
  return scalarOf(child(node, 'Name').ReferencedSymbol?.Type);
}

/** `parse-kv`. */
export function bindParseKv(binder: Binder, node: SyntaxNode, input: Query, scope: Scope): Query {
  const options: Record<string, string | boolean> = {};
  const clause = optionalChild(node, 'WithClause');
  for (const item of clause === undefined ? [] : listOf(clause, 'Properties')) {
    const value = binder.expression(child(item, 'Expression'), scope);
    if (value.kind === 'literal') {
      options[tokenText(child(item, 'Name'))] = typeof value.value === 'boolean' ? value.value : String(value.value);
    }
  }
  return {
    kind: 'parse-kv',
    input,
    source: binder.expression(child(node, 'Expression'), scope),
    keys: listOf(child(node, 'Keys'), 'Columns').map((column) => ({
      name: declaredName(child(column, 'Name')),
      type: declaredType(column),
    })),
    options,
    columns: resultColumns(node),
    at: node.TextStart,
  };
}
