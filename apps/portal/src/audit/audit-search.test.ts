import { auditQuery } from '@throughline/model';
import { expect, test } from 'vitest';
import { auditFilterOf, readAuditSearch } from './audit-search.ts';

test.each([
  [{}, {}],
  [
    { actor: 'ada', action: 'audit.read,nonsense,session.signIn', outcome: 'refused', target: 'incident/12' },
    { actor: 'ada', action: ['session.signIn', 'audit.read'], outcome: ['refused'], target: 'incident/12' },
  ],
  [{ target: '/12', from: 'yesterday', to: '' }, {}],
  [{ from: '2026-03-01T08:00:00.000Z', entry: '4', evil: 'x' }, { from: '2026-03-01T08:00:00.000Z' }],
])('%j asks for %j, which the server takes', (search, expected) => {
  const filter = auditFilterOf(readAuditSearch(search));
  expect(filter).toEqual(expected);
  expect(auditQuery.safeParse(filter).success).toBe(true);
});
