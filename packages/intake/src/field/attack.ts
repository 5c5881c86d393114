import { parseTactic, type Tactic, tacticIndex, tacticsOfTechnique } from '@throughline/model';
import { texts } from './value.ts';

const technique = /\bT\d{4}(?:\.\d{3})?\b/gi;
const tacticIds: ReadonlyMap<string, string> = new Map([
  ['TA0043', 'reconnaissance'],
  ['TA0042', 'resourceDevelopment'],
  ['TA0001', 'initialAccess'],
  ['TA0002', 'execution'],
  ['TA0003', 'persistence'],
  ['TA0004', 'privilegeEscalation'],
  ['TA0005', 'defenseEvasion'],
  ['TA0006', 'credentialAccess'],
  ['TA0007', 'discovery'],
  ['TA0008', 'lateralMovement'],
  ['TA0009', 'collection'],
  ['TA0011', 'commandAndControl'],
  ['TA0010', 'exfiltration'],
  ['TA0040', 'impact'],
]);

/** Technique ids anywhere in the given texts or lists, upper case, without repeats. */
export function techniquesIn(...values: unknown[]): string[] {
  const found = new Set<string>();
  for (const value of values) {
    for (const one of texts(value)) for (const id of one.match(technique) ?? []) found.add(id.toUpperCase());
  }
  return [...found];
}

/**
 * Tactics in kill-chain order, from the vendor's own words (names, ids, comma lists). Where they say nothing, from the
 * techniques: a technique may serve several tactics, the vendor knows which one it was.
 */
export function tacticsFrom(words: readonly unknown[], techniques: readonly string[] = []): Tactic[] {
  const found = new Set<Tactic>();
  for (const word of words) {
    for (const one of texts(word)) {
      for (const part of one.includes(',') ? one.split(',') : [one]) {
        const tactic = parseTactic(tacticIds.get(part.trim().toUpperCase()) ?? part);
        if (tactic !== null) found.add(tactic);
      }
    }
  }
  if (found.size === 0) for (const id of techniques) for (const tactic of tacticsOfTechnique(id)) found.add(tactic);
  return found.size < 2 ? [...found] : [...found].sort((a, b) => tacticIndex(a) - tacticIndex(b));
}
