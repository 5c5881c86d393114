import { pickText } from '../app/search-params.ts';

const names = ['source', 'reason', 'letter'] as const;

/** Which dead letters are listed, and the one that is open. */
export type LedgerSearch = { [name in (typeof names)[number]]?: string };

export function readLedgerSearch(search: Record<string, unknown>): LedgerSearch {
  return pickText(search, names);
}
