import { expect, test } from 'vitest';
import { consequencesOf, type GroupUse, usesOf } from './group-use.ts';

const group = { id: 3, name: 'Night shift', accountIds: [1, 9] };
const use = (more: Partial<GroupUse> = {}): GroupUse => ({ group, members: [], roles: [], deviceGroups: [], ...more });

test('a group is found where it is used', () => {
  const assigned = { accountIds: [], userGroupIds: [3] };
  const role = {
    key: 'custom-1',
    name: 'Auditor',
    description: '',
    builtIn: false,
    grants: [],
    permissions: [],
    limited: [],
    ...assigned,
  };
  const device = {
    id: 5,
    rank: 1,
    name: 'Finance',
    description: '',
    remediation: 'none',
    rule: null,
    devices: 0,
  } as const;
  const times = { updatedDateTime: '2026-03-01T08:00:00Z', updatedBy: 'ada' };
  const [found] = usesOf(
    [group],
    [role, { ...role, key: 'custom-2', name: 'Other', userGroupIds: [4] }],
    [{ ...device, ...times, ...assigned }],
    [],
  );
  expect(found?.members).toEqual(['account 1', 'account 9']);
  expect(found?.roles.map(({ name }) => name)).toEqual(['Auditor']);
  expect(found?.deviceGroups.map(({ name }) => name)).toEqual(['Finance']);
});

test('what goes with a group is told', () => {
  const role = { name: 'Auditor', permissions: [] };
  expect(consequencesOf(use())[0]).toBe('Nobody is in it.');
  expect(consequencesOf(use({ roles: [role] }))).toHaveLength(3);
  expect(consequencesOf(use({ members: ['Ada'], roles: [role] }))[1]).toContain('Its member loses the role Auditor');
  expect(consequencesOf(use({ members: ['Ada', 'Nina'], roles: [role, role] }))[1]).toContain(
    'Its 2 members lose the roles',
  );
});
