import { HuntError, unsupported } from '../hunt-error.ts';
import { child, className, listOf, optionalChild, type SyntaxNode, tokenText } from '../kusto/syntax.ts';
import type { Expression } from '../tree/expression.ts';
import type { Query } from '../tree/query.ts';
import type { Binder } from './binder.ts';
import { isTabular } from './expressions.ts';
import { declaredName } from './names.ts';
import type { Meaning, Scope } from './scope.ts';
import { columnsOf, scalarOf } from './types.ts';

// A function that calls another that calls another …: deeper than this is no hand-written query.
const MAX_DEPTH = 60;

/** A scalar call: of a built-in function, or of one of the query's own, whose body takes its place. */
export function bindCall(binder: Binder, node: SyntaxNode, scope: Scope): Expression {
  const body = calledBody(binder, node, scope, undefined);
  if (body !== undefined) return binder.expression(child(body.body, 'Expression'), body.scope);
  const name = tokenText(optionalChild(node, 'Name') ?? node);
  const type = node.ResultType;
  const operands = listOf(node, 'ArgumentList').map((operand) =>
    isTabular(operand, scope) ? tableNameOf(binder, operand, scope) : binder.expression(operand, scope),
  );
  const isTuple = type !== null && type !== undefined && className(type) === 'TupleSymbol';
  return {
    kind: 'call',
    name,
    operands,
    type: scalarOf(type),
    ...(isTuple ? { columns: columnsOf(type) } : {}),
    at: node.TextStart,
  };
}

// Only functions about a table's shape take one: `column_names_of(T)`.
function tableNameOf(binder: Binder, node: SyntaxNode, scope: Scope): Expression {
  const query: Query = binder.query(node, scope);
  return {
    kind: 'literal',
    type: 'dynamic',
    value: query.columns.map(({ name }) => name),
    at: node.TextStart,
  };
}

/**
 * The body of the query's own function that is called, bound for its arguments, with the scope in which to read it;
 * undefined when a built-in function is called. `first` is what `invoke` passes.
 */
export function calledBody(
  binder: Binder,
  node: SyntaxNode,
  scope: Scope,
  first: Query | undefined,
): { body: SyntaxNode; scope: Scope } | undefined {
  const symbol = node.ReferencedSymbol ?? optionalChild(node, 'Name')?.ReferencedSymbol;
  const name = symbol?.Name ?? tokenText(optionalChild(node, 'Name') ?? node);
  const meaning = scope.meanings.get(name);
  if (meaning?.kind !== 'function') return undefined;
  if (scope.depth > MAX_DEPTH) throw new HuntError('semantic', `${name} calls itself, or too deep.`, node.TextStart);
  const body = node.GetCalledFunctionBody?.();
  if (body === null || body === undefined) throw unsupported(`This call of ${name}`, node.TextStart);
  const inner = bindArguments(binder, node, scope, meaning, first);
  return { body, scope: withStatements(binder, body, inner) };
}

function bindArguments(
  binder: Binder,
  node: SyntaxNode,
  scope: Scope,
  meaning: Extract<Meaning, { kind: 'function' }>,
  first: Query | undefined,
): Scope {
  const meanings = new Map(meaning.scope.meanings);
  const given = listOf(node, 'ArgumentList');
  const positional = given.filter((item) => className(item) !== 'SimpleNamedExpression');
  const named = new Map(
    given
      .filter((item) => className(item) === 'SimpleNamedExpression')
      .map((item) => [tokenText(child(item, 'Name')), child(item, 'Expression')]),
  );
  for (const [at, { name, fallback }] of meaning.parameters.entries()) {
    if (first !== undefined && at === 0) {
      meanings.set(name, { kind: 'query', query: first });
      continue;
    }
    const argument = named.get(name) ?? positional[first === undefined ? at : at - 1];
    if (argument !== undefined) meanings.set(name, meaningOf(binder, argument, scope));
    else if (fallback !== undefined) meanings.set(name, meaningOf(binder, fallback, meaning.scope));
  }
  return { meanings, context: scope.context, depth: scope.depth + 1 };
}

/** What an expression stands for as the right side of a `let` or as an argument. */
export function meaningOf(binder: Binder, node: SyntaxNode, scope: Scope): Meaning {
  if (className(node) === 'FunctionDeclaration') {
    const parameters = listOf(child(node, 'Parameters'), 'Parameters').map((parameter) => {
      const fallback = optionalChild(parameter, 'DefaultValue');
      return {
        name: declaredName(child(child(parameter, 'NameAndType'), 'Name')),
        fallback:
          fallback === undefined
            ? undefined
            : (optionalChild(fallback, 'Value') ?? optionalChild(fallback, 'Expression')),
      };
    });
    const isView = optionalChild(node, 'ViewKeyword') !== undefined;
    const body = isView ? optionalChild(child(node, 'Body'), 'Expression') : undefined;
    return { kind: 'function', parameters, scope, body };
  }
  const target = functionNamed(node, scope);
  if (target !== undefined) return target;
  return isTabular(node, scope)
    ? { kind: 'query', query: binder.query(node, scope) }
    : { kind: 'value', expression: binder.expression(node, scope) };
}

function functionNamed(node: SyntaxNode, scope: Scope): Meaning | undefined {
  if (className(node) !== 'NameReference') return undefined;
  const meaning = scope.meanings.get(node.ReferencedSymbol?.Name ?? node.SimpleName ?? '');
  return meaning?.kind === 'function' && meaning.parameters.length > 0 ? meaning : undefined;
}

/** The scope after the `let` statements of a function's body. */
export function withStatements(binder: Binder, body: SyntaxNode, scope: Scope): Scope {
  let inner = scope;
  for (const statement of listOf(body, 'Statements')) inner = afterStatement(binder, statement, inner);
  return inner;
}

/** The scope after one statement. */
export function afterStatement(binder: Binder, statement: SyntaxNode, scope: Scope): Scope {
  switch (className(statement)) {
    case 'LetStatement': {
      const name = declaredName(child(statement, 'Name'));
      const meaning = meaningOf(binder, child(statement, 'Expression'), scope);
      return { ...scope, meanings: new Map([...scope.meanings, [name, meaning]]) };
    }
    case 'SetOptionStatement':
    case 'ExpressionStatement':
      return scope;
    case 'QueryParametersStatement': {
      const meanings = new Map(scope.meanings);
      for (const parameter of listOf(statement, 'Parameters')) {
        const fallback = optionalChild(parameter, 'DefaultValue');
        const value = fallback === undefined ? undefined : optionalChild(fallback, 'Value');
        if (value !== undefined)
          meanings.set(declaredName(child(child(parameter, 'NameAndType'), 'Name')), meaningOf(binder, value, scope));
      }
      return { ...scope, meanings };
    }
    default:
      throw unsupported(
        `${className(statement)
          .replace(/Statement$/, '')
          .toLowerCase()} as a statement`,
        statement.TextStart,
      );
  }
}
