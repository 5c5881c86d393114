import type { Route } from '../api/route.ts';
import { choiceRoutes } from './choice-routes.ts';
import { deletionRoutes } from './deletion-routes.ts';
import { eraseRoutes } from './erase-routes.ts';
import { generalRoutes } from './general-routes.ts';
import { retentionRoutes } from './retention-routes.ts';
import { sourceRoutes } from './source-routes.ts';

export const settingsRoutes: Route[] = [
  ...generalRoutes,
  ...sourceRoutes,
  ...retentionRoutes,
  ...deletionRoutes,
  ...choiceRoutes,
  ...eraseRoutes,
];
