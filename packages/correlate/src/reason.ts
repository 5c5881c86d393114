import { type Decision, type RefusalReason, type Term, tuningSentence } from '@throughline/model';
import { durationWords, kindWord, oddsWords, shorten } from './words.ts';

const refusalWords: Record<RefusalReason, string> = {
  resolved: 'it is resolved',
  redirected: 'it was merged away',
  differentOwner: 'different people own them',
  differentClassification: 'people judged them differently',
  full: 'it is full',
  tooManyEntities: 'together they would hold too many assets',
  deviceGroup: 'their devices are in different groups',
  mustNotLink: 'a person set them apart',
  optOut: 'it is left out of correlation',
  separateAssets: 'only nearness in time connects them',
};

/** Why an alert is where it is, in one line an analyst reads. */
export function reasonSentence(d: Decision): string {
  const parts = d.kind !== 'tuned' && d.tuning ? [tuningSentence(d.tuning), leadSentence(d)] : [leadSentence(d)];
  for (const merge of d.merges) {
    const why = strongest(merge.terms);
    parts.push(`Merged incident ${merge.from} into ${merge.into}${why ? `, because ${becauseWords(why)}` : ''}`);
  }
  for (const { incidentId, reason } of d.refusals.slice(0, 2)) {
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
      return why
        ? `Opened a new incident: the nearest other one scored ${d.score.toFixed(1)} of ${d.threshold.toFixed(1)} needed`
        : 'Opened a new incident: it shares nothing with an earlier one';
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

/** One term in words. */
export function becauseWords(term: Term): string {
  const name = term.entity ? `${shorten(term.entity.name, 80)} (${kindWord(term.entity.kind)})` : '';
  const apart = durationWords(term.ageMs);
  switch (term.signal) {
    case 'sharedAsset':
      return `${name} is part of this incident, ${apart} apart, and this detection fires there in only ${oddsWords(term.rarity)} hours`;
    case 'sharedArtefact':
      return `${name} is in this incident, ${apart} apart, and is met by chance in only ${oddsWords(term.rarity)} hours`;
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
