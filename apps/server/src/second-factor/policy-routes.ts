import { mustHaveSecondFactor } from '@throughline/access';
import { secondFactorSettings } from '@throughline/model';
import { factorsOf, readSecondFactorSettings, readSecondFactors, writeSecondFactorSettings } from '@throughline/store';
import { type Route, route } from '../api/route.ts';
import { ApiError } from '../http/api-error.ts';

const settings = secondFactorSettings.meta({ id: 'SecondFactorSettings' });

export const secondFactorPolicyRoutes: Route[] = [
  route({
    method: 'get',
    path: '/api/sign-in/second-factor',
    access: 'access.read',
    chapter: 'Sign-in',
    summary: 'Who must have a second factor',
    answer: settings,
    handle: ({ db, principal }) => readSecondFactorSettings(db, principal.tenantId),
  }),
  route({
    method: 'patch',
    path: '/api/sign-in/second-factor',
    access: 'access.manage',
    audit: { action: 'settings.change' },
    chapter: 'Sign-in',
    summary: 'Change who must have a second factor',
    description: 'Holds at once: people it asks one of can only set one up until they have it.',
    body: settings,
    answer: settings,
    refusals: [409],
    handle: async ({ db, principal, body }) => {
      const asked = mustHaveSecondFactor(body.policy, principal);
      if (asked && factorsOf(await readSecondFactors(db, principal.accountId)).length === 0) {
        const message = 'You have no second factor yourself: set one up first, on the page of your account.';
        throw new ApiError(409, 'noSecondFactor', message, { target: 'policy' });
      }
      return writeSecondFactorSettings(db, principal.tenantId, body);
    },
  }),
];
