import type { Route } from '../api/route.ts';
import { accountSourceRoutes } from './account-source-routes.ts';
import { deviceGroupRoutes } from './device-group-routes.ts';
import { explainRoutes } from './explain-route.ts';
import { roleRoutes } from './role-routes.ts';
import { userGroupRoutes } from './user-group-routes.ts';

/** Device groups, groups of people, roles, and why somebody sees something. Fixed names come before `{id}`. */
export const scopeRoutes: Route[] = [
  ...deviceGroupRoutes,
  ...userGroupRoutes,
  ...roleRoutes,
  ...accountSourceRoutes,
  ...explainRoutes,
];
