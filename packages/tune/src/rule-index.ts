import { type AlertProperty, type EvidenceProperty, triggerOf } from '@throughline/model';
import type { Subject } from './evaluate.ts';
import { alertWords } from './facets.ts';
import { lettersOf, type RuleKey } from './rule-keys.ts';

/** What one property of an alert can be looked up by: entries by text; beginnings and ends also by length. */
type PropertyIndex<T> = {
  whole: Map<string, T[]>;
  start: Map<number, Map<string, T[]>>;
  end: Map<number, Map<string, T[]>>;
  letters: Map<string, T[]>;
};

/** Entries found by the words of an alert and its evidence. */
export type WordIndex<T> = {
  alert: Map<AlertProperty, PropertyIndex<T>>;
  evidence: Map<EvidenceProperty, PropertyIndex<T>>;
};

export function emptyIndex<T>(): WordIndex<T> {
  return { alert: new Map(), evidence: new Map() };
}

/** Lets `entry` be found in alerts that have the key. */
export function addKey<T>(index: WordIndex<T>, { property, kind, text }: RuleKey, entry: T): void {
  const map: Map<string, PropertyIndex<T>> = triggerOf(property) === null ? index.alert : index.evidence;
  const own = map.get(property) ?? { whole: new Map(), start: new Map(), end: new Map(), letters: new Map() };
  map.set(property, own);
  if (kind === 'whole' || kind === 'letters') put(own[kind], text, entry);
  else {
    const ofLength = own[kind].get(text.length) ?? new Map<string, T[]>();
    own[kind].set(text.length, ofLength);
    put(ofLength, text, entry);
  }
}

/** Adds to `found` every entry that a word of the alert or its evidence leads to. */
export function lookUp<T>({ alert: own, evidence }: WordIndex<T>, subject: Subject, found: Set<T>): void {
  for (const [property, index] of own) {
    for (const word of alertWords(subject.alert, property)) findIn(index, word, found);
  }
  if (evidence.size === 0) return;
  for (const { words } of subject.facets()) {
    for (const property in words) {
      const index = evidence.get(property as EvidenceProperty);
      if (index === undefined) continue;
      for (const word of words[property as EvidenceProperty] ?? []) findIn(index, word, found);
    }
  }
}

function findIn<T>({ whole, start, end, letters }: PropertyIndex<T>, word: string, found: Set<T>): void {
  if (whole.size > 0) take(whole.get(word), found);
  for (const [length, entries] of start) {
    if (word.length >= length) take(entries.get(word.slice(0, length)), found);
  }
  for (const [length, entries] of end) {
    if (word.length >= length) take(entries.get(word.slice(-length)), found);
  }
  if (letters.size === 0) return;
  for (let at = 0; at + lettersOf <= word.length; at++) take(letters.get(word.slice(at, at + lettersOf)), found);
}

function take<T>(entries: readonly T[] | undefined, found: Set<T>): void {
  if (entries !== undefined) for (const entry of entries) found.add(entry);
}

function put<T>(map: Map<string, T[]>, text: string, entry: T): void {
  const known = map.get(text);
  if (known === undefined) map.set(text, [entry]);
  else if (known.at(-1) !== entry) known.push(entry);
}
