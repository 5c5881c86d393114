import type { OperationFacts, OperationKind } from '@throughline/model';
import type { Reading } from './operations.ts';

/** A condition that is not closed. `since` is when it was first seen, ms UTC. */
export type KnownCondition = {
  id: number;
  kind: OperationKind;
  subject: string;
  state: 'suspected' | 'open';
  since: number;
};

/** One step of one condition. */
export type ConditionStep =
  /** Seen for the first time; `open` when it need not hold. */
  | { step: 'begin'; kind: OperationKind; subject: string; open: boolean; facts: OperationFacts }
  /** It has held for long enough. */
  | { step: 'open'; id: number; facts: OperationFacts }
  /** Over; `facts` as they are now. */
  | { step: 'close'; id: number; facts: OperationFacts }
  /** It went before it counted. */
  | { step: 'forget'; id: number }
  /** The rule does not watch it any more. */
  | { step: 'unwatch'; id: number };

/**
 * What a look changes: a condition opens once, stays open until it is clear, and closes once. `watched` are the kinds
 * that are looked at; a thing that gives no reading while its kind is watched stays as it is. Pure.
 */
export function conditionSteps(
  found: readonly Reading[],
  known: readonly KnownCondition[],
  watched: ReadonlySet<OperationKind>,
  now: number,
): ConditionStep[] {
  const open = new Map(known.map((condition) => [keyOf(condition), condition]));
  const gone = known
    .filter(({ kind }) => !watched.has(kind))
    .map(({ id, state }): ConditionStep => ({ step: state === 'open' ? 'unwatch' : 'forget', id }));
  const steps = found.flatMap((reading): ConditionStep[] => {
    const { kind, subject, bad, clear, holdMs, facts } = reading;
    const before = open.get(keyOf(reading));
    if (before === undefined) return bad ? [{ step: 'begin', kind, subject, open: holdMs === 0, facts }] : [];
    if (before.state === 'open') return clear ? [{ step: 'close', id: before.id, facts }] : [];
    if (!bad) return [{ step: 'forget', id: before.id }];
    return now - before.since >= holdMs ? [{ step: 'open', id: before.id, facts }] : [];
  });
  return [...gone, ...steps];
}

function keyOf({ kind, subject }: { kind: OperationKind; subject: string }): string {
  return `${kind}/${subject}`;
}
