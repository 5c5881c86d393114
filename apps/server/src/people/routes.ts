import type { Route } from '../api/route.ts';
import { acceptRoutes } from './accept-routes.ts';
import { invitationRoutes } from './invitation-routes.ts';
import { peopleRoutes } from './people-routes.ts';
import { serviceAccountRoutes } from './service-account-routes.ts';
import { tenantTokenRoutes } from './tenant-token-routes.ts';

/** People, invitations, service accounts and everybody's tokens. Fixed names come before `{id}`. */
export const peopleAreaRoutes: Route[] = [
  ...peopleRoutes,
  ...acceptRoutes,
  ...invitationRoutes,
  ...serviceAccountRoutes,
  ...tenantTokenRoutes,
];
