import { clsx } from 'clsx';
import {
  Circle,
  CircleCheck,
  CircleDashed,
  CircleDot,
  CircleX,
  Clock,
  ShieldAlert,
  ShieldCheck,
  ShieldQuestionMark,
  ShieldX,
} from 'lucide-react';

const states = {
  new: { icon: Circle, ink: 'text-accent', word: 'New' },
  active: { icon: Circle, ink: 'text-accent', word: 'New' },
  inProgress: { icon: CircleDot, ink: 'text-n11', word: 'In progress' },
  awaitingAction: { icon: Clock, ink: 'text-pending', word: 'Awaiting action' },
  pending: { icon: Clock, ink: 'text-pending', word: 'Pending' },
  resolved: { icon: CircleCheck, ink: 'text-n9', word: 'Resolved' },
  redirected: { icon: CircleCheck, ink: 'text-n9', word: 'Merged' },
  ok: { icon: CircleCheck, ink: 'text-ok', word: 'OK' },
  failed: { icon: CircleX, ink: 'text-high', word: 'Failed' },
  unknown: { icon: CircleDashed, ink: 'text-n9', word: 'Unknown' },
} as const;

export type MarkedState = keyof typeof states;

/** The word for a state, as it is shown everywhere. */
export function stateWord(state: MarkedState): string {
  return states[state].word;
}

export interface StateMarkProps {
  state: MarkedState;
  /** Replaces the word. */
  label?: string;
}

/** A state: an icon of its own shape, and the word. */
export function StateMark({ state, label }: StateMarkProps) {
  return <Mark {...states[state]} word={label ?? states[state].word} />;
}

const verdicts = {
  malicious: { icon: ShieldX, ink: 'text-high', word: 'Malicious' },
  suspicious: { icon: ShieldAlert, ink: 'text-medium', word: 'Suspicious' },
  noThreatsFound: { icon: ShieldCheck, ink: 'text-ok', word: 'Clean' },
  unknown: { icon: ShieldQuestionMark, ink: 'text-n9', word: 'Unknown' },
} as const;

export type MarkedVerdict = keyof typeof verdicts;

/** A verdict on evidence: an icon of its own shape, and the word. */
export function VerdictMark({ verdict }: { verdict: MarkedVerdict }) {
  return <Mark {...verdicts[verdict]} />;
}

function Mark({ icon: Icon, ink, word }: { icon: typeof Circle; ink: string; word: string }) {
  return (
    <span className="inline-flex items-center gap-1.5 align-middle whitespace-nowrap">
      <Icon aria-hidden size={14} strokeWidth={2} className={clsx('shrink-0', ink)} />
      {word}
    </span>
  );
}
