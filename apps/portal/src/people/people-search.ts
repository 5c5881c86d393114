import { pickText } from '../app/search-params.ts';

export const tabNames = ['accounts', 'invitations', 'groups', 'tokens'] as const;
export type TabName = (typeof tabNames)[number];

const names = ['q', 'kind', 'role', 'state', 'group', 'account'] as const;

/** Which part of the page is shown, which accounts are listed (lists with commas), and the one that is open. */
export type PeopleSearch = { tab?: TabName } & { [name in (typeof names)[number]]?: string };

/** Reads an address; what it does not know is left out. */
export function readPeopleSearch(search: Record<string, unknown>): PeopleSearch {
  const tab = tabNames.find((name) => name === search.tab && name !== 'accounts');
  return { ...(tab !== undefined && { tab }), ...pickText(search, names) };
}
