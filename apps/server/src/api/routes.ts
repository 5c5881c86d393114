import { accountRoutes } from './accounts.ts';
import { healthRoutes } from './health.ts';
import { ledgerRoutes } from './ledger.ts';
import { meRoutes } from './me.ts';
import type { OpenApiDocument } from './openapi.ts';
import { documentRoutes } from './openapi-routes.ts';
import type { Route } from './route.ts';
import { sessionRoutes } from './session.ts';
import { tokenRoutes } from './tokens.ts';

/** Every route of the API, in the order of its documentation. */
export function apiRoutes(document: () => OpenApiDocument): Route[] {
  return [
    ...ledgerRoutes,
    ...sessionRoutes,
    ...meRoutes,
    ...accountRoutes,
    ...tokenRoutes,
    ...healthRoutes,
    ...documentRoutes(document),
  ];
}
