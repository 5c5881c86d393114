import type { AccessRole, DeviceGroup, Person, UserGroup } from '@throughline/model';

/** A user group with who is in it and what it brings them. */
export interface GroupUse {
  group: UserGroup;
  /** Display names. */
  members: string[];
  roles: Pick<AccessRole, 'name' | 'permissions'>[];
  deviceGroups: Pick<DeviceGroup, 'id' | 'name'>[];
}

/** Where user groups are used. */
export function usesOf(
  groups: readonly UserGroup[],
  roles: readonly AccessRole[],
  deviceGroups: readonly DeviceGroup[],
  people: readonly Person[],
): GroupUse[] {
  const names = new Map(people.map(({ id, displayName }) => [id, displayName]));
  return groups.map((group) => ({
    group,
    members: group.accountIds.map((id) => names.get(id) ?? `account ${id}`),
    roles: roles.filter(({ limited, ...unlimited }) =>
      [unlimited, ...limited].some(({ userGroupIds }) => userGroupIds.includes(group.id)),
    ),
    deviceGroups: deviceGroups.filter(({ userGroupIds }) => userGroupIds.includes(group.id)),
  }));
}

/** What goes with a group that is deleted, a sentence each. */
export function consequencesOf({ members, roles }: GroupUse): string[] {
  const who = members.length === 1 ? 'Its member loses' : `Its ${members.length} members lose`;
  return [
    members.length === 0 ? 'Nobody is in it.' : `${members.join(', ')}: no longer together in a group.`,
    ...(roles.length > 0 && members.length > 0
      ? [
          `${who} the role${roles.length === 1 ? '' : 's'} ${roles.map(({ name }) => name).join(', ')}, unless they have it otherwise.`,
        ]
      : []),
    'Incidents that are assigned to it keep its name, marked as deleted.',
    'Open invitations that name it cannot be accepted any more.',
  ];
}
