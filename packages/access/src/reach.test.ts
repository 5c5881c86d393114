import type { SourceLimit } from '@throughline/model';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { permissionsOf } from './can.ts';
import { beyondOwnRights } from './own-rights.ts';
import type { Principal } from './principal.ts';
import { inScope, sourcesFor, sourcesOfPermission } from './reach.ts';
import { bothLimits, coversLimit, eitherLimit, letsThrough } from './source-limit.ts';

const all = ['edr', 'mail', 'ids', 'yet to come'];
const limits = fc.oneof(
  fc.constant(null),
  fc.record({ mode: fc.constant('selected' as const), sources: fc.subarray(['edr', 'mail', 'ids']) }),
  fc.record({
    mode: fc.constant('allExcept' as const),
    sources: fc.subarray(['edr', 'mail', 'ids'], { minLength: 1 }),
  }),
);
const through = (limit: SourceLimit | null) => all.filter((source) => letsThrough(limit, source));

test('limits add up and meet as the sets they stand for', () => {
  fc.assert(
    fc.property(limits, limits, (one, other) => {
      const [a, b] = [through(one), through(other)];
      expect(through(eitherLimit(one, other))).toEqual(all.filter((each) => a.includes(each) || b.includes(each)));
      expect(through(bothLimits(one, other))).toEqual(all.filter((each) => a.includes(each) && b.includes(each)));
      expect(coversLimit(one, other)).toBe(b.every((each) => a.includes(each)));
    }),
  );
});

const edr: SourceLimit = { mode: 'selected', sources: ['edr'] };
const reader = { role: 'reader', roleSources: edr, assigned: [] } as const;

test('a permission reaches the sources of all roles that bring it', () => {
  expect(sourcesOfPermission(reader, 'incidents.read')).toEqual(edr);
  expect(sourcesOfPermission(reader, 'incidents.manage')).toBeUndefined();
  const mail: SourceLimit = { mode: 'selected', sources: ['mail'] };
  const both = {
    ...reader,
    assigned: [
      { grants: ['alerts.manage'], sources: mail },
      { builtIn: 'securityReader', sources: mail },
    ],
  } as const;
  expect(sourcesFor(both, 'incidents.read')).toEqual({ mode: 'selected', sources: ['edr', 'mail'] });
  expect(sourcesFor(both, 'incidents.manage')).toEqual(mail);
  expect(
    sourcesFor({ ...both, assigned: [{ builtIn: 'securityOperator', sources: null }] }, 'incidents.read'),
  ).toBeNull();
});

test('nobody changes what they may not read', () => {
  const blind = { ...reader, assigned: [{ grants: ['alerts.manage'], sources: null }] } as const;
  expect(sourcesFor(blind, 'incidents.manage')).toEqual(edr);
});

test('what concerns everything needs a role for all sources', () => {
  const admin: Principal = {
    kind: 'session',
    accountId: 1,
    userName: 'ada',
    tenantId: 'default',
    role: 'administrator',
    roleSources: edr,
    assigned: [],
    groups: null,
    sources: edr,
  };
  expect(permissionsOf(admin)).toEqual(['incidents.read', 'incidents.manage', 'tokens.own']);
  const also = { ...admin, assigned: [{ builtIn: 'globalReader' as const, sources: null }] };
  expect(permissionsOf(also)).toContain('audit.read');
  expect(permissionsOf(also)).not.toContain('access.manage');
});

test('nobody gives a role for more sources than they have it for', () => {
  expect(beyondOwnRights(reader, ['incidents.read'])).toBe('incidents.read');
  expect(beyondOwnRights(reader, ['incidents.read'], () => edr)).toBeUndefined();
});

test('an alert is in scope when its group and its source both are', () => {
  const scope = { groups: [4], sources: edr };
  expect(inScope(scope, { groups: [4, 7], source: 'edr' })).toBe(true);
  expect(inScope(scope, { groups: [7], source: 'edr' })).toBe(false);
  expect(inScope(scope, { groups: [4], source: 'mail' })).toBe(false);
});
