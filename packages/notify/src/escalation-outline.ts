import type { MessageView } from './incident-view.ts';
import { instantWords, type Outline, outline } from './outline.ts';
import { oneLine } from './safe-text.ts';

/** The words when nobody has acknowledged an incident and the next of a policy are told. `step` and `round` from 1. */
export function escalationOutline(
  view: MessageView,
  { policyName, step, steps, round }: { policyName: string; step: number; steps: number; round: number },
): Outline {
  const again = round > 1 ? `, round ${round}` : '';
  return {
    ...outline(view),
    lead: `Nobody has taken up incident ${view.incident.id} yet. You are told by step ${step} of ${steps}${again}.`,
    footer: `Sent by Throughline because of the escalation policy “${oneLine(policyName, 100)}” of the rule “${oneLine(view.ruleName, 100)}”.`,
  };
}

/** The words when somebody has acknowledged an incident. `at` is an instant. */
export function acknowledgedOutline(view: MessageView, { by, at }: { by: string; at: string }): Outline {
  return {
    ...outline(view),
    lead: `Acknowledged by ${oneLine(by, 200)}, ${instantWords(at)}. The escalation has stopped.`,
    alerts: [],
    more: '',
  };
}

/** The words when a person sends an incident to others, with a note or without. */
export function sharedOutline(view: MessageView, { by, note }: { by: string; note: string }): Outline {
  const words = outline(view);
  const from = oneLine(by, 100);
  const said = oneLine(note, 1000);
  return {
    ...words,
    lead: said === '' ? `${from} sends you this incident.` : `${from}: ${said}`,
    footer: `Sent by Throughline because ${from} chose you as a recipient.`,
  };
}
