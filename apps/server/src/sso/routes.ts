import type { Route } from '../api/route.ts';
import { identityRoutes } from './identity-routes.ts';
import { signInPolicyRoutes } from './policy-routes.ts';
import { providerRoutes } from './provider-routes.ts';
import { ssoSignInRoutes } from './sign-in-routes.ts';

/** Sign-in through OpenID Connect providers, and who may sign in with a password. Fixed names come before `{id}`. */
export const ssoRoutes: Route[] = [...ssoSignInRoutes, ...providerRoutes, ...signInPolicyRoutes, ...identityRoutes];
