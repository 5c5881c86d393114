import type { Route } from '../api/route.ts';
import { operationsRoutes } from '../operations-watch/operations-routes.ts';
import { acknowledgeRoutes } from './acknowledge-routes.ts';
import { notificationChannelRoutes } from './channel-routes.ts';
import { notificationDeliveryRoutes } from './delivery-routes.ts';
import { digestRoutes } from './digest-routes.ts';
import { escalationRoutes } from './escalation-routes.ts';
import { notificationRuleRoutes } from './rule-routes.ts';
import { shareRoutes } from './share-routes.ts';

export const notificationRoutes: Route[] = [
  ...notificationRuleRoutes,
  ...operationsRoutes,
  ...notificationChannelRoutes,
  ...notificationDeliveryRoutes,
  ...escalationRoutes,
  ...digestRoutes,
  ...acknowledgeRoutes,
  ...shareRoutes,
];
