import type { Expression } from '../predicate/expression.ts';
import type { Predicate } from '../predicate/predicate.ts';
import { EventView } from './event-view.ts';
import { type Test, testOf } from './test-predicate.ts';

/**
 * Turns expressions into tests over one view. Every predicate is evaluated at most once an event, however many expressions
 * share it.
 */
export class Evaluator {
  readonly view = new EventView();
  private readonly shared = new Map<string, Test>();

  compile(expression: Expression): Test {
    switch (expression.kind) {
      case 'constant': {
        const { value } = expression;
        return () => value;
      }
      case 'test':
        return this.predicate(expression.predicate);
      case 'not': {
        const part = this.compile(expression.part);
        return (view) => !part(view);
      }
      case 'and':
        return every(expression.parts.map((part) => this.compile(part)));
      case 'or':
        return any(expression.parts.map((part) => this.compile(part)));
    }
  }

  private predicate(predicate: Predicate): Test {
    const known = this.shared.get(predicate.key);
    if (known !== undefined) return known;
    const test = once(testOf(predicate, this.view));
    this.shared.set(predicate.key, test);
    return test;
  }
}

function once(test: Test): Test {
  let turn = 0;
  let holds = false;
  return (view) => {
    if (turn !== view.turn) {
      turn = view.turn;
      holds = test(view);
    }
    return holds;
  };
}

function every(tests: readonly Test[]): Test {
  const [a, b] = tests;
  if (tests.length === 2 && a !== undefined && b !== undefined) return (view) => a(view) && b(view);
  return (view) => {
    for (const test of tests) if (!test(view)) return false;
    return true;
  };
}

function any(tests: readonly Test[]): Test {
  const [a, b] = tests;
  if (tests.length === 2 && a !== undefined && b !== undefined) return (view) => a(view) || b(view);
  return (view) => {
    for (const test of tests) if (test(view)) return true;
    return false;
  };
}
