import type { AlertMove, RearrangementEntry, RearrangementReason } from '@throughline/model';

export const reasonWords: Readonly<Record<RearrangementReason, string>> = {
  sameAttack: 'Part of one attack',
  incorrectCorrelation: 'They do not belong together',
  irrelevantEntities: 'What they share does not matter',
  duplicate: 'Duplicates',
  other: 'Another reason',
};

export function alertCount(count: number): string {
  return count === 1 ? '1 alert' : `${count.toLocaleString('en')} alerts`;
}

/** What an entry of the journal did. */
export function entryWords({ kind, fromIncidentId, intoIncidentId, alerts }: RearrangementEntry): string {
  const count = alertCount(alerts);
  if (kind === 'merge') return `merged incident ${fromIncidentId} into ${intoIncidentId}, ${count}`;
  if (kind === 'unmerge') return `separated incident ${intoIncidentId} from ${fromIncidentId} again, ${count}`;
  if (kind === 'release') return `released ${count} that a tuning rule hid`;
  return `moved ${count} from incident ${fromIncidentId} to ${intoIncidentId}`;
}

/** "Moved here from incident 5 by Ada: they do not belong together, seen before". */
export function moveSentence(move: AlertMove, incidentId: number): string {
  const place = move.intoIncidentId === incidentId ? 'here' : `to incident ${move.intoIncidentId}, merged since,`;
  const why = [move.reason === null ? '' : lower(reasonWords[move.reason]), move.note].filter((text) => text !== '');
  const because = why.length === 0 ? '' : `: ${why.join('. ')}`;
  if (move.fromIncidentId === move.intoIncidentId) return `Brought to the queue by ${move.actor.name}${because}`;
  return `Moved ${move.undoing ? 'back ' : ''}${place} from incident ${move.fromIncidentId} by ${move.actor.name}${because}`;
}

function lower(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
