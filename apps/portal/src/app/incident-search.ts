import { pickText } from './search-params.ts';

const names = ['sel', 'kind', 'q', 'severity', 'status', 'sort', 'dir', 'panel'] as const;

/** What an incident page keeps in its address: the selected alert, asset or link, and what its lists are narrowed to. */
export type IncidentSearch = { [name in (typeof names)[number]]?: string };

export function readIncidentSearch(search: Record<string, unknown>): IncidentSearch {
  return pickText(search, names);
}
