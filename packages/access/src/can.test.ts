import { type Permission, permissions, type Role, roles, type TokenScope, tokenScopes } from '@throughline/model';
import { describe, expect, test } from 'vitest';
import { can, permissionsOf } from './can.ts';
import type { Principal } from './principal.ts';
import { scopeBeyondRole } from './scope.ts';

const identity = {
  accountId: 1,
  userName: 'ada',
  tenantId: 'default',
  assigned: [],
  roleSources: null,
  groups: null,
  sources: null,
};
const session = (role: Role): Principal => ({ kind: 'session', role, ...identity });
const token = (role: Role, scopes: TokenScope[]): Principal => ({
  kind: 'token',
  tokenName: 'forwarder',
  role,
  scopes,
  ...identity,
});

// r: reader, o: operator, a: administrator; i: intake, R: read, W: write scope.
const table: Record<Permission, { roles: string; scopes: string }> = {
  'incidents.read': { roles: 'roa', scopes: 'R' },
  'incidents.manage': { roles: 'oa', scopes: 'W' },
  'ledger.read': { roles: 'roa', scopes: 'R' },
  'deadLetters.replay': { roles: 'oa', scopes: 'W' },
  'intake.write': { roles: 'oa', scopes: 'i' },
  'tokens.own': { roles: 'roa', scopes: '' },
  'accounts.read': { roles: 'a', scopes: '' },
  'accounts.manage': { roles: 'a', scopes: '' },
  'access.read': { roles: 'a', scopes: '' },
  'access.manage': { roles: 'a', scopes: '' },
  'demo.load': { roles: 'a', scopes: 'W' },
  'notifications.manage': { roles: 'a', scopes: '' },
  'tuning.manage': { roles: 'a', scopes: '' },
  'settings.read': { roles: 'a', scopes: '' },
  'settings.manage': { roles: 'a', scopes: '' },
  'data.delete': { roles: 'a', scopes: '' },
  'audit.read': { roles: 'a', scopes: '' },
};
const letterOfRole = { reader: 'r', operator: 'o', administrator: 'a' };
const letterOfScope = { intake: 'i', read: 'R', write: 'W' };

describe.each(Object.entries(table))('%s', (name, allowed) => {
  const permission = name as Permission;

  test.each(roles)('of a session as %s', (role) => {
    expect(can(session(role), permission)).toBe(allowed.roles.includes(letterOfRole[role]));
  });

  test.each(roles.flatMap((role) => tokenScopes.map((scope) => [scope, role] as const)))(
    'of a token with scope %s owned by a %s needs both',
    (scope, role) => {
      const expected = allowed.roles.includes(letterOfRole[role]) && allowed.scopes.includes(letterOfScope[scope]);
      expect(can(token(role, [scope]), permission)).toBe(expected);
    },
  );
});

test('scopes add up', () => {
  expect(permissionsOf(token('operator', ['intake', 'read']))).toEqual([
    'incidents.read',
    'ledger.read',
    'intake.write',
  ]);
});

test('a token without scopes may do nothing', () => {
  expect(permissionsOf(token('administrator', []))).toEqual([]);
});

test('an administrator in a session may do everything', () => {
  expect(permissionsOf(session('administrator'))).toEqual([...permissions]);
});

test.each<[Role, TokenScope[], TokenScope | undefined]>([
  ['reader', ['read'], undefined],
  ['reader', ['read', 'intake'], 'intake'],
  ['reader', ['write'], 'write'],
  ['operator', ['intake', 'read', 'write'], undefined],
])('a %s’s token with %o: beyond the role is %s', (role, scopes, beyond) => {
  expect(scopeBeyondRole(role, scopes)).toBe(beyond);
});
