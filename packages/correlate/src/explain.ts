import type { Decision, Term } from '@throughline/model';
import { reasonSentence } from './reason.ts';
import { durationWords } from './words.ts';

/** The whole arithmetic of a decision, several lines, without a final newline. `title`: what to call the alert. */
export function explain(d: Decision, title?: string): string {
  const lines = [
    `${title ?? d.alertId}: ${d.kind} ${d.kind === 'background' ? 'group' : 'incident'} ${d.incidentId}`,
    `  ${reasonSentence(d)}`,
    `  novelty ${d.novelty.toFixed(2)}, score ${d.score.toFixed(2)}, threshold ${d.threshold.toFixed(2)}`,
    ...d.terms.map((term) => `    ${termLine(term)}`),
  ];
  for (const merge of d.merges) {
    lines.push(`  merge ${merge.from} into ${merge.into}, score ${merge.score.toFixed(2)}`);
    lines.push(...merge.terms.map((term) => `    ${termLine(term)}`));
  }
  for (const { incidentId, reason, score } of d.refusals) {
    lines.push(`  refused incident ${incidentId}: ${reason}, score ${score.toFixed(2)}`);
  }
  return lines.join('\n');
}

function termLine(term: Term): string {
  const entity = term.entity ? ` ${term.entity.kind} ${term.entity.name}` : '';
  const link = term.alertId ? ` to ${term.alertId}` : '';
  const sum = `weight ${term.weight.toFixed(2)}, rarity ${term.rarity.toFixed(2)}, ${durationWords(term.ageMs)} apart`;
  return `${term.contribution.toFixed(2).padStart(6)}  ${term.signal}${entity}${link}: ${sum}`;
}
