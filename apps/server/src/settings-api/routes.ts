import type { Route } from '../api/route.ts';
import { generalRoutes } from './general-routes.ts';
import { sourceRoutes } from './source-routes.ts';

export const settingsRoutes: Route[] = [...generalRoutes, ...sourceRoutes];
