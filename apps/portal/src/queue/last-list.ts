import type { QueueSearch } from './queue-search.ts';

interface LastList {
  search: QueueSearch;
  ids: readonly number[];
}

let last: LastList = { search: {}, ids: [] };

/** Remembers the list a person leaves for an incident, so that "back" and "next" mean that list. */
export function rememberList(search: QueueSearch, ids: readonly number[]): void {
  last = { search, ids };
}

/** The address of the list one came from, and the incidents before and after this one in it. */
export function lastList(id: number): { search: QueueSearch; previous: number | undefined; next: number | undefined } {
  const index = last.ids.indexOf(id);
  return {
    search: withoutPanel(last.search),
    previous: index > 0 ? last.ids[index - 1] : undefined,
    next: index >= 0 ? last.ids[index + 1] : undefined,
  };
}

function withoutPanel({ panel: _, ...search }: QueueSearch): QueueSearch {
  return search;
}
