import type { Route } from '../api/route.ts';
import { notificationChannelRoutes } from './channel-routes.ts';
import { notificationDeliveryRoutes } from './delivery-routes.ts';
import { notificationRuleRoutes } from './rule-routes.ts';

export const notificationRoutes: Route[] = [
  ...notificationRuleRoutes,
  ...notificationChannelRoutes,
  ...notificationDeliveryRoutes,
];
