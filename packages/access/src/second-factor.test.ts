import { expect, test } from 'vitest';
import { mustHaveSecondFactor } from './second-factor.ts';

const reader = { role: 'reader', assigned: [] } as const;
const administrator = { role: 'administrator', assigned: [] } as const;
const security = { role: 'reader', assigned: [{ builtIn: 'securityAdministrator' }] } as const;
const authorizer = { role: 'reader', assigned: [{ grants: ['authorization.manage'] }] } as const;
const globalReader = { role: 'reader', assigned: [{ builtIn: 'globalReader' }] } as const;

test.each([
  ['optional', administrator, false],
  ['administrators', administrator, true],
  ['administrators', security, true],
  ['administrators', authorizer, true],
  ['administrators', globalReader, false],
  ['administrators', reader, false],
  ['everyone', reader, true],
] as const)('%s, %o: %s', (policy, rights, must) => {
  expect(mustHaveSecondFactor(policy, rights)).toBe(must);
});
