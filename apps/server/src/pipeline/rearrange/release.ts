import { mostMoved } from '@throughline/model';
import {
  type ActivityWrite,
  type HiddenAlert,
  hiddenAlerts,
  lockConcerned,
  moveAlerts,
  nextIncidentId,
  putAlerts,
  showGroups,
  writeJournal,
} from '@throughline/store';
import { Refused } from './refusal.ts';
import type { Done, Work } from './work.ts';

/**
 * Releases alerts that a tuning rule hides into the queue: a quiet group of which all are released becomes an incident
 * and keeps its number; of others a part goes to a new incident. Without `ids` it takes the oldest groups, some thousand
 * alerts at most, so that alerts that come in do not wait long.
 *
 * @throws Refused `nothingToDo` when the rule hides none of them, or none that the viewer sees.
 */
export async function release(work: Work, ruleId: number, ids: readonly string[] | null): Promise<Done> {
  const { trx, viewer, now } = work;
  const { tenantId } = viewer;
  const hidden = await hiddenAlerts(trx, viewer, { ruleId, ids, most: mostMoved });
  const groups = Map.groupBy(hidden, ({ incidentId }) => incidentId);
  const [first] = hidden;
  if (first === undefined) throw new Refused('nothingToDo', 'The rule hides none of these alerts any more.');
  const held = new Map((await lockConcerned(trx, viewer, [...groups.keys()])).map(({ id, alerts }) => [id, alerts]));
  const note = [`released from tuning rule “${first.rule}”`, work.by.note ?? ''].filter((text) => text !== '');
  const by = { ...work.by, reason: null, note: note.join('. ') };
  const done: Done = {
    incidentId: 0,
    journal: [],
    concerned: [],
    redirects: [],
    moved: [],
    apart: [],
    together: [],
    kept: 0,
    activity: [],
  };
  let next = await nextIncidentId(trx, tenantId);
  for (const [from, own] of groups) {
    const seqs = own.map(({ seq }) => seq);
    const whole = seqs.length === held.get(from);
    const into = whole ? from : next++;
    if (whole) {
      await showGroups(trx, tenantId, [from]);
      const id = await writeJournal(trx, tenantId, now, { ...by, kind: 'release', from, into, alerts: seqs });
      await putAlerts(trx, tenantId, now, { into, alerts: seqs, id });
      done.journal.push(id);
    } else {
      done.journal.push(await moveAlerts(trx, tenantId, now, { from, into, alerts: seqs }, by));
      done.apart.push([from, into]);
    }
    done.concerned.push(...new Set([from, into]));
    done.moved.push(...seqs.map((seq) => ({ seq, into })));
    done.activity?.push(...said(own, from, into, done.journal.at(-1), by));
    if (done.incidentId === 0) done.incidentId = into;
  }
  return done;
}

function said(
  alerts: readonly HiddenAlert[],
  from: number,
  into: number,
  rearrangement: number | undefined,
  { actor, note }: Pick<Work['by'], 'actor' | 'note'>,
): ActivityWrite[] {
  const count = alerts.length === 1 ? '1 alert' : `${alerts.length} alerts`;
  const entry = (incidentId: number, summary: string): ActivityWrite => ({
    kind: 'alertsMoved',
    incidentId,
    alertId: null,
    summary: `${summary}: ${note}`.slice(0, 500),
    after: { rearrangement, from, into, alerts: alerts.length },
    actor,
  });
  if (from === into)
    return [entry(into, `${count} that ${alerts.length === 1 ? 'was' : 'were'} hidden came to the queue`)];
  return [
    entry(into, `${count} moved here from the hidden group ${from}`),
    entry(from, `${count} moved to incident ${into}`),
  ];
}
