import type { AccessRole, MappingGift, Role, RoleKey, SignInMapping, UserGroup } from '@throughline/model';

/** A mapping as it is edited: what it gives is one word, as a list's option has it. */
export type MappingDraft = { key: number; value: string; gift: string };

const accountRoles: readonly { role: Role; label: string }[] = [
  { role: 'reader', label: 'Account role: reader' },
  { role: 'operator', label: 'Account role: operator' },
  { role: 'administrator', label: 'Account role: administrator' },
];

/** What a value can give, for a list. */
export function giftOptions(roles: readonly AccessRole[], groups: readonly UserGroup[]) {
  return [
    ...accountRoles.map(({ role, label }) => ({ value: `role:${role}`, label })),
    ...groups.map(({ id, name }) => ({ value: `userGroup:${id}`, label: `Group of people: ${name}` })),
    ...roles.map(({ key, name }) => ({ value: `assignment:${key}`, label: `Further role: ${name}` })),
  ];
}

export function giftWord(gift: MappingGift): string {
  if (gift.kind === 'role') return `role:${gift.role}`;
  return gift.kind === 'userGroup' ? `userGroup:${gift.id}` : `assignment:${gift.key}`;
}

/** The mappings of a draft; rows without a value are left out. */
export function mappingsOf(drafts: readonly MappingDraft[]): SignInMapping[] {
  return drafts
    .filter(({ value }) => value.trim() !== '')
    .map(({ value, gift }) => {
      const [kind = '', rest = ''] = gift.split(/:(.*)/);
      const gives: MappingGift =
        kind === 'role'
          ? { kind, role: rest as Role }
          : kind === 'userGroup'
            ? { kind, id: Number(rest) }
            : { kind: 'assignment', key: rest as RoleKey };
      return { value: value.trim(), gives };
    });
}
