/** How far an escalation is: `step` counts from 0 over all rounds. */
export type EscalationPoint = { step: number; steps: readonly { afterMinutes: number }[]; repeats: number };

/** The step of the policy that comes at `step`, from 0, and in which round, from 1; undefined when all are through. */
export function stepAt({ step, steps, repeats }: EscalationPoint): { index: number; round: number } | undefined {
  if (steps.length === 0 || step >= steps.length * (repeats + 1)) return undefined;
  return { index: step % steps.length, round: Math.floor(step / steps.length) + 1 };
}

/**
 * When the step at `step` is due, ms UTC: its minutes after the one before, or after the first notice. `since` is when
 * that really was: people get the whole of their time, also after the server was down.
 */
export function stepDue(point: EscalationPoint, since: number): number | undefined {
  const next = stepAt(point);
  if (next === undefined) return undefined;
  return since + (point.steps[next.index]?.afterMinutes ?? 0) * 60_000;
}

/** An acknowledge link is good for this long, ms. */
export const acknowledgeLinkMs = 24 * 3_600_000;
