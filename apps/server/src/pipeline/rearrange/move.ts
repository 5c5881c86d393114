import { differentAlerts, lockConcerned, moveAlerts, nextIncidentId, placesOfAlerts } from '@throughline/store';
import { merge } from './merge.ts';
import { Refused } from './refusal.ts';
import { requireWhole } from './require-whole.ts';
import type { Done, Work } from './work.ts';

/**
 * Moves alerts, all of one incident, into another or (null) a new one. Moving all that an incident has into another is
 * a merge and follows its rules.
 *
 * @throws Refused
 */
export async function move(work: Work, alertIds: readonly string[], into: number | null): Promise<Done> {
  const { trx, viewer } = work;
  const wanted = [...new Set(alertIds)];
  const places = await placesOfAlerts(trx, viewer, { ids: wanted });
  const missing = wanted.find((id) => !places.some((place) => place.id === id && place.visible));
  if (missing !== undefined) throw new Refused('notFound', `There is no alert ${missing}.`);
  const [from, ...others] = [...new Set(places.map(({ incidentId }) => incidentId))];
  if (from === undefined) throw new Refused('nothingToDo', 'Name the alerts to move.');
  if (others.length > 0) {
    throw new Refused(
      'nothingToDo',
      `The alerts are of incidents ${[from, ...others].join(', ')}: move those of one at a time.`,
    );
  }
  if (from === into) throw new Refused('nothingToDo', `The alerts are in incident ${into} already.`);
  return moveSeqs(
    work,
    from,
    into,
    places.map(({ seq }) => seq),
  );
}

/** Moves alerts (alert.seq) of `from`; `undo` takes back that the two were set apart. */
export async function moveSeqs(
  work: Work,
  from: number,
  into: number | null,
  seqs: readonly number[],
  undo = false,
): Promise<Done> {
  const { trx, viewer, now, config, by } = work;
  const found = await lockConcerned(trx, viewer, into === null ? [from] : [from, into]);
  const source = found.find(({ id }) => id === from);
  if (source === undefined || source.redirectTo !== null)
    throw new Refused('redirected', `Incident ${from} was merged away.`);
  if (seqs.length === source.alerts) {
    if (into === null)
      throw new Refused('nothingLeft', `These are all alerts of incident ${from}: nothing would be left.`);
    return merge(work, [from], into);
  }
  if (into !== null) {
    const target = requireSeen(found, into);
    if (target.status === 'resolved') throw new Refused('resolved', `Incident ${into} is resolved: reopen it first.`);
    const alerts = target.different + (await differentAlerts(trx, viewer.tenantId, seqs));
    if (alerts > config.maxAlerts) {
      throw new Refused(
        'full',
        `Incident ${into} would have ${alerts} different alerts; an incident holds ${config.maxAlerts}.`,
      );
    }
  }
  const target = into ?? (await nextIncidentId(trx, viewer.tenantId));
  const id = await moveAlerts(trx, viewer.tenantId, now, { from, into: target, alerts: seqs }, by);
  return {
    incidentId: target,
    journal: [id],
    concerned: [from, target],
    redirects: [],
    moved: seqs.map((seq) => ({ seq, into: target })),
    apart: undo ? [] : [[from, target]],
    together: undo ? [[from, target]] : [],
    kept: 0,
  };
}

// Alerts may come to an incident of which only a part is seen; it loses none.
function requireSeen(found: Parameters<typeof requireWhole>[0], id: number) {
  const target = found.find((one) => one.id === id);
  return requireWhole(
    target === undefined ? [] : [{ ...target, hidden: target.hidden === target.alerts ? target.hidden : 0 }],
    id,
  );
}
