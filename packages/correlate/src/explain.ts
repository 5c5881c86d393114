import type { Decision, Term } from '@throughline/model';
import {
  basisWords,
  decisionWords,
  durationWords,
  kindWord,
  reasonSentence,
  refusalSentence,
  signalWords,
} from '@throughline/model';

/** The whole arithmetic of a decision, several lines, without a final newline. `title`: what to call the alert. */
export function explain(d: Decision, title?: string): string {
  const place = d.kind === 'background' ? 'group' : 'incident';
  const lines = [
    `${title ?? d.alertId}: ${decisionWords[d.kind]}, ${place} ${d.incidentId}`,
    `  ${reasonSentence(d)}`,
    `  novelty ${d.novelty.toFixed(2)}, score ${d.score.toFixed(2)}, needed ${d.threshold.toFixed(2)}`,
    ...sum(d.terms),
  ];
  for (const merge of d.merges) {
    lines.push(
      `  merged incident ${merge.from} into ${merge.into}, score ${merge.score.toFixed(2)}`,
      ...sum(merge.terms),
    );
  }
  if (d.refusals.length > 0) lines.push('  considered and refused');
  for (const refusal of d.refusals) lines.push(`    ${refusalSentence(refusal, d.threshold)}`);
  return lines.join('\n');
}

function sum(terms: readonly Term[]): string[] {
  if (terms.length === 0) return [];
  const total = terms.reduce((all, { contribution }) => all + contribution, 0);
  return [...terms.map((term) => `    ${termLine(term)}`), `    ${total.toFixed(2).padStart(6)}  sum`];
}

function termLine(term: Term): string {
  const entity = term.entity ? `, ${term.entity.name} (${kindWord(term.entity.kind)})` : '';
  const link = term.alertId ? `, to ${term.alertId}` : '';
  const basis = basisWords(term);
  const from = `weight ${term.weight.toFixed(2)}, rarity ${term.rarity.toFixed(2)}, ${durationWords(term.ageMs)} apart`;
  return `${term.contribution.toFixed(2).padStart(6)}  ${signalWords[term.signal]}${entity}${link}: ${from}${basis ? `, ${basis}` : ''}`;
}
