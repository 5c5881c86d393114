import type { Decision, Refusal, RefusalReason, Term, TermBasis } from './decision.ts';
import { refusalWords } from './link-words.ts';
import { durationWords, kindWord, oddsWords, shorten } from './plain-words.ts';
import { tuningSentence } from './tuning.ts';

/** Reasons that weighed too little, as against those that forbade what weighed enough. */
const shortfalls: ReadonlySet<RefusalReason> = new Set<RefusalReason>([
  'outscored',
  'belowLine',
  'hub',
  'window',
  'ordinary',
]);

/** Whether a reason keeps apart what weighed enough, rather than saying that it weighed too little. */
export function forbids(reason: RefusalReason): boolean {
  return !shortfalls.has(reason);
}

/** Why an alert is where it is, in one line an analyst reads. */
export function reasonSentence(d: Decision): string {
  const parts = d.kind !== 'tuned' && d.tuning ? [tuningSentence(d.tuning), leadSentence(d)] : [leadSentence(d)];
  for (const merge of d.merges) {
    const why = strongest(merge.terms);
    parts.push(`Merged incident ${merge.from} into ${merge.into}${why ? `, because ${becauseWords(why)}` : ''}`);
  }
  const forbidden = d.refusals.filter(({ reason }) => forbids(reason));
  for (const { incidentId, reason } of forbidden.slice(0, 2)) {
    parts.push(`Kept apart from incident ${incidentId}: ${refusalWords[reason]}`);
  }
  return parts.join('. ');
}

function leadSentence(d: Decision): string {
  const why = strongest(d.terms);
  switch (d.kind) {
    case 'joined':
      return why ? `Joined because ${becauseWords(why)}${alsoWords(d, why)}` : 'Already known; nothing changed';
    case 'opened':
      return `Opened a new incident: ${aloneWords(d, why)}`;
    case 'background':
      return `Expected background: this detection fires here in about ${oddsWords(d.novelty)} hours`;
    case 'continued':
      return `Continues incident ${d.continues}, which is full${why ? `, because ${becauseWords(why)}` : ''}`;
    case 'moved':
      return 'A person put it here';
    case 'tuned':
      return d.tuning ? tuningSentence(d.tuning) : 'Set aside by a tuning rule';
  }
}

/** Why an alert joined nothing. */
function aloneWords(d: Decision, why: Term | undefined): string {
  if (why) return `the nearest other one scored ${d.score.toFixed(1)} of ${d.threshold.toFixed(1)} needed`;
  const shared = d.refusals.find(({ reason, entity }) => entity && !forbids(reason));
  if (shared?.entity) return `with earlier ones it shares ${nameOf(shared.entity)}, and ${shortfallWords(shared)}`;
  return 'it shares nothing with an earlier one';
}

function shortfallWords({ reason, ageMs }: Refusal): string {
  if (reason === 'hub') return 'so do too many others for it to mean much';
  if (reason === 'window') return `that was ${durationWords(ageMs ?? 0)} apart, too long to mean anything`;
  return 'that is nothing unusual there';
}

/** Why one incident that was considered is not the one, whole: "Incident 9, score 4.2 of 6.0: it is resolved". */
export function refusalSentence(refusal: Refusal, threshold: number): string {
  const { incidentId, score } = refusal;
  const scored = score > 0 ? `, score ${score.toFixed(2)} of ${threshold.toFixed(2)}` : '';
  return `Incident ${incidentId}${scored}: ${refusalDetail(refusal)}`;
}

/** As {@link refusalSentence}, without the incident: "both have 10.0.0.1 (address), which too many others share to mean much". */
export function refusalDetail({ reason, entity, ageMs }: Pick<Refusal, 'reason' | 'entity' | 'ageMs'>): string {
  if (!entity) return refusalWords[reason];
  const name = nameOf(entity);
  if (reason === 'hub') return `both have ${name}, which too many others share to mean much`;
  if (reason === 'window')
    return `both have ${name}, but ${durationWords(ageMs ?? 0)} apart, too long to mean anything`;
  if (reason === 'belowLine') return `both have ${name}, ${durationWords(ageMs ?? 0)} apart, and that falls short`;
  if (reason === 'ordinary') return `both have ${name}, where such an alert is nothing unusual`;
  return refusalWords[reason];
}

/** One term in words. */
export function becauseWords(term: Term): string {
  const name = term.entity ? nameOf(term.entity) : '';
  const apart = durationWords(term.ageMs);
  switch (term.signal) {
    case 'sharedAsset':
      return `${name} is part of this incident, ${apart} apart, and this detection fires there in only ${oddsWords(term.rarity)} hours`;
    case 'sharedArtefact':
      return `${name} is in this incident, ${apart} apart, ${spreadPart(term.basis)}met by chance in only ${oddsWords(term.rarity)} hours`;
    case 'affinity':
      return `${name} reported the same activity, ${apart} apart`;
    case 'tenantTime':
      return `it is unusual here (${oddsWords(term.rarity)} hours) and came ${apart} from other unusual alerts of this incident`;
    case 'hotAsset':
      return `${name} was under attack in this incident, ${apart} apart`;
    case 'stage':
      return 'it is a later stage of the attack';
    case 'repeat':
      return `it repeats an alert of this incident, ${apart} apart, with the same detection, title and entities`;
    case 'person':
      return 'a person put it here';
  }
}

/** What a term was counted from: "fired there in 3 of 312 hours watched", or null where nothing is counted. */
export function basisWords({ basis }: { basis?: TermBasis | undefined }): string | null {
  if (!basis) return null;
  if (basis.of === 'artefact') return spreadWords(basis);
  if (basis.of === 'incident') return counted(basis.alerts, 'alert');
  const { firedHours, watchedHours } = basis;
  return `fired there in ${roundHours(firedHours)} of ${counted(watchedHours, 'hour')} watched`;
}

/** "on 2 assets here, seen nowhere else in 90 days". */
function spreadWords(basis: TermBasis | undefined): string | null {
  if (basis?.of !== 'artefact') return null;
  const { assets, elsewhere, days } = basis;
  if (assets === 0) return null;
  const here = `on ${counted(assets, 'asset')} here`;
  if (elsewhere > 0) return `${here} and on ${elsewhere} elsewhere`;
  return days > 0 ? `${here}, seen nowhere else in ${counted(days, 'day')}` : `${here} and nowhere else`;
}

function spreadPart(basis: TermBasis | undefined): string {
  const words = spreadWords(basis);
  return words === null ? 'and is ' : `${words}, and is `;
}

/** What else speaks for it, each thing once. */
function alsoWords(d: Decision, lead: Term): string {
  const names = new Set<string>();
  for (const term of d.terms) {
    if (term === lead || term.contribution <= 0.05 * d.score) continue;
    names.add(term.entity && term.signal !== 'hotAsset' ? shorten(term.entity.name, 40) : shortSignal[term.signal]);
  }
  if (lead.entity) names.delete(shorten(lead.entity.name, 40));
  return names.size === 0 ? '' : `; also ${[...names].join(', ')}`;
}

const shortSignal: Record<Term['signal'], string> = {
  sharedAsset: 'a shared asset',
  sharedArtefact: 'a shared artefact',
  tenantTime: 'nearness in time',
  hotAsset: 'a burst of alerts there',
  affinity: 'linked assets',
  stage: 'a later stage',
  repeat: 'an identical alert',
  person: 'a person',
};

function strongest(terms: readonly Term[]): Term | undefined {
  let best: Term | undefined;
  for (const term of terms) if (!best || term.contribution > best.contribution) best = term;
  return best;
}

function nameOf({ name, kind }: NonNullable<Term['entity']>): string {
  return `${shorten(name, 80)} (${kindWord(kind)})`;
}

function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
}

function roundHours(hours: number): string {
  return hours > 0 && hours < 10 ? hours.toFixed(1) : Math.round(hours).toLocaleString('en');
}
