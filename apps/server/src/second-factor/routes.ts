import type { Route } from '../api/route.ts';
import { confirmRoutes } from './confirm-routes.ts';
import { factorRoutes } from './factor-routes.ts';
import { passkeyRoutes } from './passkey-routes.ts';
import { secondFactorPolicyRoutes } from './policy-routes.ts';
import { accountSessionRoutes, ownSessionRoutes } from './session-routes.ts';
import { secondStepRoutes } from './sign-in-routes.ts';

/** Second factors, "confirm it is you", sessions, and who must have a second factor. */
export const secondFactorRoutes: Route[] = [
  ...secondStepRoutes,
  ...confirmRoutes,
  ...factorRoutes,
  ...passkeyRoutes,
  ...ownSessionRoutes,
  ...accountSessionRoutes,
  ...secondFactorPolicyRoutes,
];
