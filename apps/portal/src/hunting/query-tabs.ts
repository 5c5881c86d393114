/** One query being worked on. */
export interface QueryTab {
  readonly id: number;
  readonly name: string;
  readonly query: string;
}

/** The tabs of the editor; `active` is the id of one of them, and there is always one. */
export interface QueryTabs {
  readonly tabs: readonly QueryTab[];
  readonly active: number;
}

const MOST = 20;

export const firstTab: QueryTabs = { tabs: [{ id: 1, name: 'Query 1', query: '' }], active: 1 };

/** Opens a query: in the tab that holds it already, in the active one when that is empty, else in a new one. */
export function openQuery(now: QueryTabs, query: string, name?: string): QueryTabs {
  const same = now.tabs.find((tab) => tab.query === query);
  if (same) return { ...now, active: same.id };
  const active = now.tabs.find(({ id }) => id === now.active);
  if (active && active.query.trim() === '') {
    const filled = { ...active, query, name: name ?? active.name };
    return { ...now, tabs: now.tabs.map((tab) => (tab.id === active.id ? filled : tab)) };
  }
  return addTab(now, query, name);
}

/** A new tab, active; the oldest goes when there are too many. */
export function addTab(now: QueryTabs, query = '', name?: string): QueryTabs {
  const id = Math.max(...now.tabs.map((tab) => tab.id)) + 1;
  const tabs = [...now.tabs, { id, name: name ?? `Query ${id}`, query }];
  return { tabs: tabs.slice(-MOST), active: id };
}

/** Without that tab; the neighbour becomes active, and the last tab is emptied instead. */
export function closeTab(now: QueryTabs, id: number): QueryTabs {
  if (now.tabs.length === 1) return firstTab;
  const at = now.tabs.findIndex((tab) => tab.id === id);
  const tabs = now.tabs.filter((tab) => tab.id !== id);
  const neighbour = tabs[Math.min(at, tabs.length - 1)] ?? tabs[0];
  return { tabs, active: now.active === id && neighbour ? neighbour.id : now.active };
}

export function writeQuery(now: QueryTabs, query: string): QueryTabs {
  return { ...now, tabs: now.tabs.map((tab) => (tab.id === now.active ? { ...tab, query } : tab)) };
}

export function activeQuery(now: QueryTabs): string {
  return now.tabs.find(({ id }) => id === now.active)?.query ?? '';
}

/** Reads what the browser kept; anything odd gives one empty tab. */
export function readTabs(text: string): QueryTabs {
  try {
    const kept = JSON.parse(text) as Partial<QueryTabs>;
    const tabs = (kept.tabs ?? []).filter(
      (tab) => Number.isInteger(tab.id) && typeof tab.name === 'string' && typeof tab.query === 'string',
    );
    const active = tabs.find(({ id }) => id === kept.active) ?? tabs[0];
    return active ? { tabs: tabs.slice(-MOST), active: active.id } : firstTab;
  } catch {
    return firstTab;
  }
}
