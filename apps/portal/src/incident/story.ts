import type { IncidentDetail } from '@throughline/model';
import { termWords } from '../app/words.ts';
import { durationText, tacticNames } from '../kit/index.ts';

/** Two plain sentences from the facts of an incident: how much, by whom seen, over how long; from where to where. */
export function storyOf(incident: IncidentDetail): string {
  const { counts, products, serviceSources } = incident;
  const seen = products.length > 0 ? products : serviceSources.map(termWords);
  const length = Date.parse(incident.lastActivityDateTime) - Date.parse(incident.firstActivityDateTime);
  const touched = [
    some(counts.devices, 'device'),
    some(counts.users, 'user'),
    some(counts.mailboxes, 'mailbox', 'mailboxes'),
  ].filter(Boolean);
  const first = `${some(counts.alerts, 'alert')} from ${list(seen)}${length > 60_000 ? ` over ${durationText(length)}` : ''}${
    touched.length > 0 ? ` touched ${list(touched)}` : ''
  }.`;
  const names = tacticNames
    .filter(([id]) => (incident.tactics as readonly string[]).includes(id))
    .map(([, name]) => name.toLowerCase());
  if (names.length === 0) return first;
  return names.length === 1
    ? `${first} It shows ${names[0]}.`
    : `${first} It reaches from ${names[0]} to ${names.at(-1)}.`;
}

function some(count: number, one: string, many = `${one}s`): string {
  return count === 0 ? '' : `${count} ${count === 1 ? one : many}`;
}

function list(words: readonly string[]): string {
  const shown = words.length > 4 ? [...words.slice(0, 3), `${words.length - 3} more`] : words;
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}
