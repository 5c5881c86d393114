import { HuntError, unsupported } from '../hunt-error.ts';
import {
  child,
  className,
  listOf,
  namedParameters,
  optionalChild,
  type SyntaxNode,
  tokenText,
} from '../kusto/syntax.ts';
import type { Expression } from '../tree/expression.ts';
import type { JoinKind, Query } from '../tree/query.ts';
import type { Binder } from './binder.ts';
import { declaredName } from './names.ts';
import type { Scope } from './scope.ts';
import { resultColumns } from './types.ts';

const KINDS: Readonly<Record<string, JoinKind>> = {
  inner: 'inner',
  innerunique: 'innerunique',
  leftouter: 'leftouter',
  rightouter: 'rightouter',
  fullouter: 'fullouter',
  leftanti: 'leftanti',
  anti: 'leftanti',
  leftantisemi: 'leftanti',
  rightanti: 'rightanti',
  rightantisemi: 'rightanti',
  leftsemi: 'leftsemi',
  semi: 'leftsemi',
  rightsemi: 'rightsemi',
  cross: 'cross',
};

/** `join` of every kind (the default is innerunique) and `lookup` (leftouter). */
export function bindJoin(binder: Binder, node: SyntaxNode, input: Query, scope: Scope): Query {
  const isLookup = className(node) === 'LookupOperator';
  const asked = namedParameters(node).get('kind');
  const name = asked === undefined ? (isLookup ? 'leftouter' : 'innerunique') : tokenText(asked).toLowerCase();
  const join = KINDS[name];
  if (join === undefined) throw unsupported(`join kind=${name}`, node.TextStart);
  const right = binder.query(child(node, 'Expression'), scope);
  const condition = optionalChild(node, 'ConditionClause') ?? optionalChild(node, 'LookupClause');
  const keys =
    condition === undefined
      ? []
      : listOf(condition, 'Expressions').map((key) => joinKey(binder, key, input, right, scope));
  const columns = resultColumns(node);
  const dropped = new Set(isLookup ? keys.map((key) => (key.right.kind === 'column' ? key.right.name : '')) : []);
  const lefts = input.columns.map((column) => ({ side: 'left' as const, name: column.name }));
  const rights = right.columns
    .filter((column) => !dropped.has(column.name))
    .map((column) => ({ side: 'right' as const, name: column.name }));
  const outputs =
    join === 'leftanti' || join === 'leftsemi'
      ? lefts
      : join === 'rightanti' || join === 'rightsemi'
        ? rights
        : [...lefts, ...rights];
  const named = columns.length === outputs.length ? columns : renamed(input, right, outputs);
  return { kind: 'join', input, right, join, keys, outputs, columns: named, at: node.TextStart };
}

// The binder's columns can be fewer where a table's shape is known only at run time.
function renamed(
  left: Query,
  right: Query,
  outputs: readonly { side: 'left' | 'right'; name: string }[],
): Query['columns'] {
  const taken = new Set<string>();
  return outputs.map(({ side, name }) => {
    const type = (side === 'left' ? left : right).columns.find((column) => column.name === name)?.type ?? 'dynamic';
    let free = name;
    for (let count = 1; taken.has(free); count += 1) free = `${name}${count}`;
    taken.add(free);
    return { name: free, type };
  });
}

function joinKey(
  binder: Binder,
  node: SyntaxNode,
  left: Query,
  right: Query,
  scope: Scope,
): { left: Expression; right: Expression } {
  if (className(node) === 'ParenthesizedExpression')
    return joinKey(binder, child(node, 'Expression'), left, right, scope);
  if (className(node) === 'BinaryExpression' && ['==', '='].includes(tokenText(child(node, 'Operator')))) {
    const sides = [
      side(binder, child(node, 'Left'), left, right, scope),
      side(binder, child(node, 'Right'), left, right, scope),
    ];
    const one = sides.find((found) => found.side === 'left') ?? sides[0];
    const other = sides.find((found) => found !== one);
    if (one !== undefined && other !== undefined) return { left: one.expression, right: other.expression };
  }
  if (className(node) === 'NameReference') {
    const name = declaredName(node);
    return { left: columnOf(left, name, node), right: columnOf(right, name, node) };
  }
  throw unsupported(
    'This condition of a join',
    node.TextStart,
    'Join on equal columns and filter with `where` after it.',
  );
}

function side(
  binder: Binder,
  node: SyntaxNode,
  left: Query,
  right: Query,
  scope: Scope,
): { side: 'left' | 'right'; expression: Expression } {
  const text = tokenText(node);
  const found = /\$(left|right)\b/.exec(text)?.[1];
  const name = node.ReferencedSymbol?.Name ?? optionalChild(node, 'Selector')?.ReferencedSymbol?.Name;
  if (found !== undefined && name !== undefined && ['PathExpression', 'ElementExpression'].includes(className(node))) {
    const table = found === 'left' ? left : right;
    if (table.columns.some((column) => column.name === name)) {
      return { side: found as 'left' | 'right', expression: columnOf(table, name, node) };
    }
  }
  const selector = optionalChild(node, 'Selector');
  if (found !== undefined && selector !== undefined) {
    const plain = selector.SimpleName ?? tokenText(selector).replace(/^\[['"](.*)['"]\]$/, '$1');
    return { side: found as 'left' | 'right', expression: columnOf(found === 'left' ? left : right, plain, node) };
  }
  return { side: found === 'right' ? 'right' : 'left', expression: binder.expression(node, scope) };
}

function columnOf(query: Query, name: string, node: SyntaxNode): Expression {
  const column = query.columns.find((candidate) => candidate.name === name);
  if (column === undefined)
    throw new HuntError('semantic', `There is no column ${name} on that side of the join.`, node.TextStart);
  return { kind: 'column', name, type: column.type, at: node.TextStart };
}
