import { accountKinds, type Person, roles } from '@throughline/model';
import { readList, writeList } from '../app/search-params.ts';
import { FilterBar } from '../kit/index.ts';
import { accountStates, statesOf } from './people-filter.ts';
import type { PeopleSearch } from './people-search.ts';
import { kindWords, roleNames, stateWords } from './people-words.ts';

export interface AccountFiltersProps {
  search: PeopleSearch;
  people: readonly Person[];
  onSearch: (part: PeopleSearch) => void;
  onClear: () => void;
}

/** Name, kind, role, user group and state; each value with how many accounts have it. */
export function AccountFilters({ search, people, onSearch, onClear }: AccountFiltersProps) {
  const count = (test: (person: Person) => boolean) => people.filter(test).length;
  const groups = new Map(people.flatMap(({ userGroups }) => userGroups.map(({ id, name }) => [id, name] as const)));
  const on = [search.q, search.kind, search.role, search.state, search.group].some(Boolean);
  return (
    <FilterBar
      filters={[
        {
          id: 'kind',
          label: 'Kind',
          options: accountKinds.map((kind) => ({
            value: kind,
            label: kindWords[kind],
            count: count((person) => person.kind === kind),
          })),
          values: readList(search.kind ?? ''),
          onChange: (values) => onSearch({ kind: writeList(values) }),
        },
        {
          id: 'role',
          label: 'Role',
          options: roles.map((role) => ({
            value: role,
            label: roleNames[role],
            count: count((person) => person.role === role),
          })),
          values: readList(search.role ?? ''),
          onChange: (values) => onSearch({ role: writeList(values) }),
        },
        {
          id: 'group',
          label: 'User group',
          options: [...groups].map(([id, name]) => ({
            value: String(id),
            label: name,
            count: count((person) => person.userGroups.some((group) => group.id === id)),
          })),
          values: readList(search.group ?? ''),
          onChange: (values) => onSearch({ group: writeList(values) }),
        },
        {
          id: 'state',
          label: 'State',
          options: accountStates.map((state) => ({
            value: state,
            label: stateWords[state],
            count: count((person) => statesOf(person).includes(state)),
          })),
          values: readList(search.state ?? ''),
          onChange: (values) => onSearch({ state: writeList(values) }),
        },
      ]}
      {...(on && { onClear })}
    >
      <input
        aria-label="Search accounts"
        placeholder="Name"
        value={search.q ?? ''}
        onChange={(event) => onSearch({ q: event.target.value })}
        className="hairline h-7 w-40 rounded-md border bg-transparent px-2 text-12 placeholder:text-n9"
      />
    </FilterBar>
  );
}
