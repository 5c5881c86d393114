import type { LiveEvent, RearrangementReason } from '@throughline/model';
import type { ActivityWrite, RearrangedBy } from '@throughline/store';
import type { Done } from './work.ts';

const reasonWords: Record<RearrangementReason, string> = {
  sameAttack: 'one attack',
  incorrectCorrelation: 'they do not belong together',
  irrelevantEntities: 'what they share does not matter',
  duplicate: 'duplicates',
  other: 'another reason',
};

/** The activity log's account of a rearrangement, on every incident concerned. */
export function activityOf(done: Done, { actor, reason, note, undoes }: RearrangedBy): ActivityWrite[] {
  const why = [undoes ? 'undone' : reason ? reasonWords[reason] : '', note ?? ''].filter((text) => text !== '');
  const because = why.length === 0 ? '' : `: ${why.join('. ')}`;
  const journal = { rearrangement: done.journal.at(-1) };
  const entry = (kind: ActivityWrite['kind'], incidentId: number, summary: string, after: object): ActivityWrite => ({
    kind,
    incidentId,
    alertId: null,
    summary: `${summary}${because}`.slice(0, 500),
    after: { ...journal, ...after },
    actor,
  });
  const count = done.moved.length === 1 ? '1 alert' : `${done.moved.length} alerts`;
  if (done.redirects.length === 0) {
    const [from = 0] = done.concerned.filter((id) => id !== done.incidentId);
    return [
      entry('alertsMoved', done.incidentId, `${count} moved here from incident ${from}`, {
        from,
        alerts: done.moved.length,
      }),
      entry('alertsMoved', from, `${count} moved to incident ${done.incidentId}`, {
        into: done.incidentId,
        alerts: done.moved.length,
      }),
    ];
  }
  return done.redirects.flatMap(([from, into], index) => {
    const own = { rearrangement: done.journal[index] };
    if (into !== null) {
      return [
        entry('incidentMerged', into, `Incident ${from} was merged into this one`, { ...own, mergedFrom: from }),
        entry('incidentMerged', from, `Merged into incident ${into}`, {
          ...own,
          status: 'redirected',
          redirectTo: into,
        }),
      ];
    }
    const survivor = done.concerned.find((id) => id !== from) ?? from;
    return [
      entry('incidentUnmerged', from, `Separated from incident ${survivor} again, with ${count}`, { ...own, survivor }),
      entry('incidentUnmerged', survivor, `Incident ${from} was separated from this one again, with ${count}`, {
        ...own,
        separated: from,
      }),
    ];
  });
}

/** What live subscribers hear. */
export function eventsOf(done: Done, kinds: ReadonlyMap<number, 'incident' | 'background'>): LiveEvent[] {
  const changed = done.concerned.map((incidentId): LiveEvent => {
    const kind = kinds.get(incidentId);
    return kind === undefined
      ? { type: 'incident.created', incidentId, kind: 'incident' }
      : { type: 'incident.updated', incidentId, kind };
  });
  const merged = done.redirects.flatMap(([from, into]): LiveEvent[] =>
    into === null ? [] : [{ type: 'incident.merged', incidentId: from, into }],
  );
  return [...changed, ...merged];
}
