import { delivery, deliveryPage, deliveryQuery } from '@throughline/model';
import { giveUpAfter } from '@throughline/notify';
import { listDeliveries, retryDelivery } from '@throughline/store';
import { numericId } from '../api/path-params.ts';
import type { Route } from '../api/route.ts';
import { route } from '../api/route.ts';
import { refusing } from './refuse.ts';

const access = 'notifications.manage';
const chapter = 'Notifications';

export const notificationDeliveryRoutes: Route[] = [
  route({
    method: 'get',
    path: '/api/notifications/deliveries',
    access,
    chapter,
    summary: 'Messages that wait, were sent or became dead letters, newest first',
    query: deliveryQuery,
    answer: deliveryPage.meta({ id: 'DeliveryPage' }),
    handle: ({ db, principal, query }) => listDeliveries(db, principal.tenantId, query),
  }),
  route({
    method: 'post',
    path: '/api/notifications/deliveries/{id}/retry',
    access,
    audit: {
      action: 'notification.change',
      target: ({ params }) => ({ kind: 'notificationDelivery', id: String(params.id) }),
      details: () => ({ retry: true }),
    },
    chapter,
    summary: 'Send a dead letter again, or a message that waits at once',
    params: numericId,
    answer: delivery.meta({ id: 'Delivery' }),
    refusals: [409],
    handle: ({ db, principal, params, clock, notifications }) =>
      refusing(async () => {
        const when = { now: clock(), patience: giveUpAfter };
        const again = await retryDelivery(db, principal.tenantId, params.id, when);
        notifications.wake();
        return again;
      }),
  }),
];
