import {
  becauseWords,
  type Decision,
  type LiveEvent,
  type Merge,
  reasonSentence,
  tuningActor,
  tuningSentence,
} from '@throughline/model';
import type { ActivityWrite } from '@throughline/store';
import type { IncidentChange } from './fold-incidents.ts';

const mostIds = 50;

/**
 * The activity log's account of what a few batches did: incidents opened, alerts linked (one entry an incident, however
 * many), incidents merged (on both). Background groups are quiet: their alerts say themselves why they are there.
 */
export function activityOf(
  changes: readonly IncidentChange[],
  merges: readonly Merge[],
  isBackground: (id: number) => boolean,
): ActivityWrite[] {
  const entries: ActivityWrite[] = [];
  for (const { id, opened, linked, resolved } of changes) {
    if (opened) {
      entries.push({
        kind: 'incidentOpened',
        incidentId: id,
        alertId: opened.alertId,
        summary: reasonSentence(opened),
      });
    }
    if (linked.length > 0 && !isBackground(id)) entries.push(linkedEntry(id, linked));
    for (const { tuning, alerts } of resolved.values()) {
      const summary = `${alerts === 1 ? 'An alert' : `${alerts} alerts`}: ${tuningSentence(tuning)}`;
      const after = { status: 'resolved', tuningRule: tuning.ruleId, version: tuning.version };
      entries.push({ kind: 'resolved', incidentId: id, alertId: null, summary, after, actor: tuningActor });
    }
  }
  for (const merge of merges) entries.push(...mergeEntries(merge));
  return entries;
}

function linkedEntry(incidentId: number, linked: readonly Decision[]): ActivityWrite {
  const [first] = linked;
  const best = linked.reduce((a, b) => (b.score > a.score ? b : a));
  const alertIds = linked.slice(0, mostIds).map(({ alertId }) => alertId);
  return linked.length === 1 && first
    ? { kind: 'alertLinked', incidentId, alertId: first.alertId, summary: reasonSentence(first) }
    : {
        kind: 'alertLinked',
        incidentId,
        alertId: null,
        summary: `Linked ${linked.length} alerts. The strongest: ${reasonSentence(best)}`,
        after: { alerts: linked.length, alertIds },
      };
}

function mergeEntries({ from, into, score, terms }: Merge): ActivityWrite[] {
  const [strongest] = [...terms].sort((a, b) => b.contribution - a.contribution);
  const why = strongest ? `, because ${becauseWords(strongest)}` : '';
  const after = { score };
  return [
    {
      kind: 'incidentMerged',
      incidentId: into,
      alertId: null,
      summary: `Incident ${from} was merged into this one${why}`,
      after: { ...after, mergedFrom: from },
    },
    {
      kind: 'incidentMerged',
      incidentId: from,
      alertId: null,
      summary: `Merged into incident ${into}${why}`,
      after: { ...after, status: 'redirected', redirectTo: into },
    },
  ];
}

/** What live subscribers hear. Of background groups only that they began. */
export function eventsOf(
  changes: readonly IncidentChange[],
  merges: readonly Merge[],
  isBackground: (id: number) => boolean,
): LiveEvent[] {
  const events: LiveEvent[] = [];
  for (const { id, opened } of changes) {
    const kind = isBackground(id) ? 'background' : 'incident';
    if (opened) events.push({ type: 'incident.created', incidentId: id, kind });
    else if (kind === 'incident') events.push({ type: 'incident.updated', incidentId: id, kind });
  }
  for (const { from, into } of merges) events.push({ type: 'incident.merged', incidentId: from, into });
  return events;
}
