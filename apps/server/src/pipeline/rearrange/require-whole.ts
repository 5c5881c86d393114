import type { ConcernedIncident } from '@throughline/store';
import { Refused } from './refusal.ts';

/**
 * The incident of that number, when it is one that can be rearranged as a whole.
 *
 * @throws Refused `notFound` for what is not there or not seen at all, `redirected`, `beyondScope` when some of its alerts
 * are not seen.
 */
export function requireWhole(found: readonly ConcernedIncident[], id: number): ConcernedIncident {
  const incident = found.find((one) => one.id === id);
  const unseen = incident !== undefined && incident.alerts > 0 && incident.hidden === incident.alerts;
  if (incident === undefined || unseen) throw new Refused('notFound', `There is no incident ${id}.`);
  if (incident.redirectTo !== null) {
    throw new Refused('redirected', `Incident ${id} was merged into ${incident.redirectTo}.`);
  }
  if (incident.hidden > 0) {
    throw new Refused(
      'beyondScope',
      `Incident ${id} has alerts that you do not see: ask someone who sees all of them.`,
    );
  }
  return incident;
}
