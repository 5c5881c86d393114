import { journalEntry, lockConcerned, placesOfAlerts, unmergeIncident } from '@throughline/store';
import { merge } from './merge.ts';
import { moveSeqs } from './move.ts';
import { Refused } from './refusal.ts';
import { requireWhole } from './require-whole.ts';
import type { Done, Work } from './work.ts';

/**
 * Undoes an entry of the journal. Undoing is an entry itself, and can be undone: a merge by an unmerge, an unmerge by a
 * merge, a move by a move. Alerts that were moved again since stay where they are.
 *
 * @throws Refused
 */
export async function undo(work: Work, rearrangementId: number): Promise<Done> {
  const { trx, viewer, now } = work;
  const entry = await journalEntry(trx, viewer.tenantId, rearrangementId);
  const places = entry === undefined ? [] : await placesOfAlerts(trx, viewer, { seqs: entry.alerts });
  if (entry === undefined || places.every(({ visible }) => !visible)) {
    throw new Refused('notFound', `There is no entry ${rearrangementId} in the journal.`);
  }
  if (entry.undoneBy !== null) throw new Refused('alreadyUndone', 'This was undone before: undo the undoing instead.');
  if (entry.kind === 'release') {
    throw new Refused('nothingToDo', 'What was released stays in the queue: resolve it, or merge it with another.');
  }
  const by = { ...work.by, undoes: entry.id };
  if (entry.kind === 'unmerge') {
    const into = await survivorNow(work, entry.from);
    const from = await survivorNow(work, entry.into);
    if (from === into) throw new Refused('nothingToDo', `Both incidents are one now: ${into}.`);
    return merge({ ...work, by }, [from], into);
  }
  const survivor = await survivorNow(work, entry.into);
  const here = places.filter(({ incidentId }) => incidentId === survivor);
  const kept = places.length - here.length;
  if (here.length === 0) throw new Refused('nothingToDo', 'All of these alerts were moved elsewhere since.');
  if (here.some(({ visible }) => !visible)) {
    throw new Refused('beyondScope', 'You do not see some of these alerts: ask someone who sees all of them.');
  }
  const seqs = here.map(({ seq }) => seq);
  if (entry.kind === 'move') {
    const target = await survivorNow(work, entry.from);
    if (target === survivor) throw new Refused('nothingToDo', `Both incidents are one now: ${survivor}.`);
    return { ...(await moveSeqs({ ...work, by }, survivor, target, seqs, true)), kept };
  }
  const [incident] = await lockConcerned(trx, viewer, [survivor]);
  if (incident === undefined || incident.alerts === seqs.length) {
    throw new Refused('nothingLeft', `Incident ${survivor} would be left without alerts.`);
  }
  requireWhole([incident], survivor);
  const [absorbed] = await lockConcerned(trx, viewer, [entry.from]);
  if (absorbed?.redirectTo !== survivor) {
    throw new Refused('nothingToDo', `Incident ${entry.from} is not part of ${survivor} any more.`);
  }
  const id = await unmergeIncident(trx, viewer.tenantId, now, { entry, survivor, alerts: seqs }, by);
  return {
    incidentId: entry.from,
    journal: [id],
    concerned: [entry.from, survivor],
    redirects: [[entry.from, null]],
    moved: seqs.map((seq) => ({ seq, into: entry.from })),
    apart: [[entry.from, survivor]],
    together: [],
    kept,
  };
}

/** What an incident is part of today. Redirects of stored incidents lead straight to their survivor. */
async function survivorNow({ trx, viewer }: Work, id: number): Promise<number> {
  const [incident] = await lockConcerned(trx, viewer, [id]);
  return incident?.redirectTo ?? id;
}
