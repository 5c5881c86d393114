import type { Predicate } from './predicate.ts';

/** What must hold of an event: tests joined by and, or, not. */
export type Expression =
  | { kind: 'and' | 'or'; parts: readonly Expression[] }
  | { kind: 'not'; part: Expression }
  | { kind: 'test'; predicate: Predicate }
  | { kind: 'constant'; value: boolean };

export const always: Expression = { kind: 'constant', value: true };
export const never: Expression = { kind: 'constant', value: false };

/** All of the parts, flattened; without parts it always holds. */
export function allOf(parts: readonly Expression[]): Expression {
  return joined('and', parts);
}

/** One of the parts, flattened; without parts it never holds. */
export function anyOf(parts: readonly Expression[]): Expression {
  return joined('or', parts);
}

export function negated(part: Expression): Expression {
  if (part.kind === 'constant') return part.value ? never : always;
  return part.kind === 'not' ? part.part : { kind: 'not', part };
}

function joined(kind: 'and' | 'or', parts: readonly Expression[]): Expression {
  // What decides alone (`false` in an and, `true` in an or), and what adds nothing.
  const decides = kind === 'or';
  const flat: Expression[] = [];
  for (const part of parts) {
    if (part.kind === 'constant') {
      if (part.value === decides) return part;
    } else if (part.kind === kind) flat.push(...part.parts);
    else flat.push(part);
  }
  const [only] = flat;
  if (only === undefined) return decides ? never : always;
  return flat.length === 1 ? only : { kind, parts: flat };
}

/** The expression with some tests replaced: `replace` gives a constant or another test, or undefined to keep one. */
export function rewritten(
  expression: Expression,
  replace: (predicate: Predicate) => Expression | undefined,
): Expression {
  switch (expression.kind) {
    case 'constant':
      return expression;
    case 'test':
      return replace(expression.predicate) ?? expression;
    case 'not':
      return negated(rewritten(expression.part, replace));
    default: {
      let changed = false;
      const parts = expression.parts.map((part) => {
        const next = rewritten(part, replace);
        changed ||= next !== part;
        return next;
      });
      if (!changed) return expression;
      return joined(expression.kind, parts);
    }
  }
}

/** Calls `visit` with every test of the expression. */
export function visitTests(expression: Expression, visit: (predicate: Predicate) => void): void {
  if (expression.kind === 'test') visit(expression.predicate);
  else if (expression.kind === 'not') visitTests(expression.part, visit);
  else if (expression.kind !== 'constant') for (const part of expression.parts) visitTests(part, visit);
}
