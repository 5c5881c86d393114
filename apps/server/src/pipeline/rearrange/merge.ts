import { refusesPersonsMerge, survivorOf } from '@throughline/correlate';
import { assetsTogether, lockConcerned, mergeIncident } from '@throughline/store';
import { Refused } from './refusal.ts';
import { requireWhole } from './require-whole.ts';
import type { Done, Work } from './work.ts';

/**
 * Merges incidents into `into`, or into the one people work on.
 *
 * @throws Refused by the rules of merging, or when the viewer does not see all of their alerts.
 */
export async function merge(work: Work, incidentIds: readonly number[], into: number | null): Promise<Done> {
  const { trx, viewer, now, config, by } = work;
  const ids = [...new Set(into === null ? incidentIds : [...incidentIds, into])];
  const found = await lockConcerned(trx, viewer, ids);
  for (const id of ids) requireWhole(found, id);
  if (found.length < 2) throw new Refused('nothingToDo', 'There is only one incident: name another to merge it with.');
  const refusal = refusesPersonsMerge(found, await assetsTogether(trx, viewer.tenantId, ids), config);
  if (refusal) throw new Refused(refusal.reason, refusal.detail);
  const survivor = into ?? survivorOf(found);
  const done: Done = {
    incidentId: survivor,
    journal: [],
    concerned: [survivor],
    redirects: [],
    moved: [],
    apart: [],
    together: [],
    kept: 0,
  };
  for (const { id } of found) {
    if (id === survivor) continue;
    const entry = await mergeIncident(trx, viewer.tenantId, now, { from: id, into: survivor }, by);
    done.journal.push(entry.id);
    done.redirects.push([id, survivor]);
    done.moved.push(...entry.alerts.map((seq) => ({ seq, into: survivor })));
    done.together.push([id, survivor]);
  }
  return done;
}
