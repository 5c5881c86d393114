import { pickText } from '../app/search-params.ts';

const names = ['q', 'level', 'tactic', 'state'] as const;

/** Which rules are listed; lists with commas. */
export type DetectionsSearch = { [name in (typeof names)[number]]?: string };

/** Reads an address; what it does not know is left out. */
export function readDetectionsSearch(search: Record<string, unknown>): DetectionsSearch {
  return pickText(search, names);
}
