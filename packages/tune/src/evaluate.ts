import {
  type Alert,
  type AlertProperty,
  type EvidenceProperty,
  type TuningCondition,
  type TuningGroup,
  type TuningOperator,
  type TuningTrigger,
  triggerOf,
} from '@throughline/model';
import { alertWords, type Facet } from './facets.ts';
import { network } from './network.ts';
import { wildcard } from './wildcard.ts';

/** An alert with what its evidence says, read when first asked for. */
export type Subject = { alert: Alert; facets(): readonly Facet[] };

/** Whether conditions hold for an alert. */
export type Test = (subject: Subject) => boolean;

type Agrees = (word: string) => boolean;
type Node = { bound: boolean; holds(subject: Subject, facet: Facet | null): boolean };

const literal: Record<Exclude<TuningOperator, 'wildcard' | 'inNetwork'>, (value: string) => Agrees> = {
  equals: (value) => (word) => word === value,
  isAnyOf: (value) => (word) => word === value,
  contains: (value) => (word) => word.includes(value),
  startsWith: (value) => (word) => word.startsWith(value),
  endsWith: (value) => (word) => word.endsWith(value),
};

/**
 * Compiles the conditions of a rule. With a trigger the alert must bring evidence of that kind, and all conditions of
 * that kind hold on one and the same; those of other kinds may hold on any evidence each. What does not concern the
 * trigger is judged once an alert, so the time is linear in the evidence.
 */
export function compileConditions(conditions: TuningGroup, trigger: TuningTrigger | null): Test {
  const root = compileGroup(conditions, trigger);
  if (trigger === null) return (subject) => root.holds(subject, null);
  return (subject) => {
    const once = remembering(subject);
    for (const facet of subject.facets()) {
      if (facet.kind !== trigger) continue;
      if (root.holds(once, facet)) return true;
      if (!root.bound) return false;
    }
    return false;
  };
}

const verdicts = new WeakMap<Subject, Map<Node, boolean>>();

function remembering(subject: Subject): Subject {
  const own = { ...subject };
  verdicts.set(own, new Map());
  return own;
}

function compileGroup({ match, items }: TuningGroup, trigger: TuningTrigger | null): Node {
  const nodes = items.map((item) => ('items' in item ? compileGroup(item, trigger) : compileCondition(item, trigger)));
  const bound = nodes.some((node) => node.bound);
  const holds: Node['holds'] = (subject, facet) =>
    match === 'all'
      ? nodes.every((node) => node.holds(subject, facet))
      : nodes.some((node) => node.holds(subject, facet));
  return { bound, holds };
}

function compileCondition({ property, operator, values }: TuningCondition, trigger: TuningTrigger | null): Node {
  const agrees = agreement(operator, values);
  const kind = triggerOf(property);
  if (kind === null) {
    return once((subject) => alertWords(subject.alert, property as AlertProperty).some(agrees));
  }
  const says = ({ words }: Facet) => words[property as EvidenceProperty]?.some(agrees) ?? false;
  if (kind === trigger) return { bound: true, holds: (_, facet) => facet !== null && says(facet) };
  return once((subject) => subject.facets().some(says));
}

/** A test that asks nothing of the trigger: judged once for each alert. */
function once(test: Test): Node {
  const node: Node = {
    bound: false,
    holds(subject) {
      const known = verdicts.get(subject);
      if (known === undefined) return test(subject);
      const verdict = known.get(node) ?? test(subject);
      known.set(node, verdict);
      return verdict;
    },
  };
  return node;
}

function agreement(operator: TuningOperator, values: readonly string[]): Agrees {
  const wanted = values.map((value) => value.trim().toLowerCase()).filter((value) => value !== '');
  if (operator === 'equals' || operator === 'isAnyOf') {
    const set = new Set(wanted);
    return (word) => set.has(word);
  }
  const tests =
    operator === 'inNetwork'
      ? wanted.flatMap((value) => network(value) ?? [])
      : wanted.map(operator === 'wildcard' ? wildcard : literal[operator]);
  return (word) => tests.some((test) => test(word));
}
