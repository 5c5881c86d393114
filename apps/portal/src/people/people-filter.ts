import type { Permission, Person } from '@throughline/model';
import { readList } from '../app/search-params.ts';
import type { PeopleSearch } from './people-search.ts';

/** Whether an account can be used: `expiring` = it has a token that ends within 14 days. */
export const accountStates = ['enabled', 'disabled', 'expiring'] as const;
export type AccountState = (typeof accountStates)[number];

/** The states an account is in. */
export function statesOf({
  disabled,
  tokensExpiringSoon,
}: Pick<Person, 'disabled' | 'tokensExpiringSoon'>): AccountState[] {
  return [disabled ? 'disabled' : 'enabled', ...(tokensExpiringSoon > 0 ? (['expiring'] as const) : [])];
}

/** The accounts that an address asks for: every filter must hold, of each any value. */
export function filterPeople(people: readonly Person[], search: PeopleSearch): Person[] {
  const q = (search.q ?? '').trim().toLowerCase();
  const within = (filter: string | undefined, values: readonly string[]) => {
    const wanted = readList(filter ?? '');
    return wanted.length === 0 || wanted.some((each) => values.includes(each));
  };
  return people.filter(
    (person) =>
      [person.userName, person.displayName].some((name) => name.toLowerCase().includes(q)) &&
      within(search.kind, [person.kind]) &&
      within(search.role, [person.role]) &&
      within(search.state, statesOf(person)) &&
      within(
        search.group,
        person.userGroups.map(({ id }) => String(id)),
      ),
  );
}

/** Why somebody cannot do a thing; undefined when they can. `permission` is what it takes. */
export function reasonAgainst(
  may: boolean,
  permission: Permission,
  beyond: Permission | null | undefined,
): string | undefined {
  if (!may) return `Your roles do not allow ${permission}`;
  if (beyond) return `This concerns ${beyond}, which you may not do yourself`;
  return undefined;
}

/** The first of `wanted` that is not among `own`; null when there is none. */
export function beyondMine(own: readonly Permission[], wanted: readonly Permission[]): Permission | null {
  return wanted.find((permission) => !own.includes(permission)) ?? null;
}
