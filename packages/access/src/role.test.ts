import { type builtInRoles, grants, permissions, type roles } from '@throughline/model';
import { describe, expect, test } from 'vitest';
import { beyondOwnRights, permissionsOfRights } from './own-rights.ts';
import { grantsOfBuiltIn, permissionsOfAssigned, permissionsOfGrants, permissionsOfRole, rolesAllow } from './role.ts';

describe('roles', () => {
  test('every permission can be granted, and by no grant alone comes everything', () => {
    expect([...permissionsOfGrants(grants)]).toEqual([...permissions]);
    for (const grant of grants) expect(permissionsOfGrants([grant]).size).toBeLessThan(permissions.length);
  });

  test('the role of an account is one of the built-in ones', () => {
    const of = (role: (typeof roles)[number]) => [...permissionsOfRole(role)];
    expect(of('administrator')).toEqual([...permissionsOfAssigned({ builtIn: 'globalAdministrator' })]);
    expect(of('operator')).toEqual([...permissionsOfAssigned({ builtIn: 'securityOperator' })]);
    expect(of('reader')).toEqual([...permissionsOfAssigned({ builtIn: 'securityReader' })]);
  });

  test('readers manage nothing', () => {
    for (const role of ['globalReader', 'securityReader'] as const) {
      const allowed = [...permissionsOfAssigned({ builtIn: role })];
      expect(allowed.filter((each) => /manage|write|replay|load/.test(each))).toEqual([]);
      expect(grantsOfBuiltIn[role].filter((grant) => grant.endsWith('.manage'))).toEqual([]);
    }
  });

  test('each of the built-in roles brings what is below it', () => {
    const below = { securityReader: 'securityOperator', securityOperator: 'securityAdministrator' } as const;
    for (const [lower, upper] of Object.entries(below)) {
      const more = permissionsOfAssigned({ builtIn: upper });
      for (const each of permissionsOfAssigned({ builtIn: lower as (typeof builtInRoles)[number] })) {
        expect(more).toContain(each);
      }
    }
  });

  test('a security administrator cannot decide who may do what', () => {
    const allowed = permissionsOfAssigned({ builtIn: 'securityAdministrator' });
    expect(allowed.has('accounts.manage')).toBe(false);
    expect(allowed.has('access.manage')).toBe(false);
  });
});

describe('several roles', () => {
  const reader = { role: 'reader', roleSources: null, assigned: [{ grants: ['authorization.manage'] }] } as const;

  test('add up', () => {
    expect(rolesAllow(reader, 'accounts.manage')).toBe(true);
    expect(rolesAllow(reader, 'incidents.read')).toBe(true);
    expect(rolesAllow(reader, 'incidents.manage')).toBe(false);
    expect(permissionsOfRights(reader)).toContain('access.manage');
  });

  test('nobody gives what they do not have', () => {
    expect(beyondOwnRights(reader, permissionsOfRole('administrator'))).toBe('incidents.manage');
    expect(beyondOwnRights(reader, permissionsOfRole('reader'))).toBeUndefined();
  });
});
