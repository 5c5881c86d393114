import type { Person } from '@throughline/model';
import { describe, expect, test } from 'vitest';
import { beyondMine, filterPeople, reasonAgainst } from './people-filter.ts';
import { readPeopleSearch } from './people-search.ts';

const person = (userName: string, more: Partial<Person> = {}): Person => ({
  id: 1,
  kind: 'person',
  userName,
  displayName: userName,
  role: 'operator',
  disabled: false,
  createdDateTime: '2026-03-01T08:00:00.000Z',
  lastSignInDateTime: null,
  userGroups: [],
  deviceGroups: null,
  signInWays: [],
  tokens: 0,
  tokensExpiringSoon: 0,
  permissions: [],
  beyond: null,
  ...more,
});
const people = [
  person('ada', { role: 'administrator', displayName: 'Ada Lovelace' }),
  person('nina', { userGroups: [{ id: 7, name: 'Night shift' }] }),
  person('sensor', { kind: 'service', tokens: 2, tokensExpiringSoon: 1 }),
  person('old', { disabled: true }),
];

describe('filters', () => {
  test.each([
    ['', ['ada', 'nina', 'sensor', 'old']],
    ['q=LOVE', ['ada']],
    ['kind=service', ['sensor']],
    ['role=administrator,reader', ['ada']],
    ['state=disabled', ['old']],
    ['state=disabled,expiring', ['sensor', 'old']],
    ['group=7', ['nina']],
    ['group=7&kind=service', []],
  ])('%s', (query, expected) => {
    const search = readPeopleSearch(Object.fromEntries(new URLSearchParams(query)));
    expect(filterPeople(people, search).map(({ userName }) => userName)).toEqual(expected);
  });

  test('an address with words of others is read without them', () => {
    expect(readPeopleSearch({ tab: 'nothing', q: 7, account: '3', theme: 'dark' })).toEqual({ account: '3' });
    expect(readPeopleSearch({ tab: 'groups' })).toEqual({ tab: 'groups' });
  });
});

test('what is refused says why', () => {
  expect(reasonAgainst(true, 'accounts.manage', null)).toBeUndefined();
  expect(reasonAgainst(false, 'accounts.manage', null)).toContain('accounts.manage');
  expect(reasonAgainst(true, 'accounts.manage', 'audit.read')).toContain('audit.read');
  expect(beyondMine(['incidents.read'], ['incidents.read', 'ledger.read'])).toBe('ledger.read');
  expect(beyondMine(['incidents.read'], [])).toBeNull();
});
