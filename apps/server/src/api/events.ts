import { z } from 'zod';
import { eventStream } from './event-stream.ts';
import type { Route } from './route.ts';
import { route } from './route.ts';

const number = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).optional();

export const eventRoutes: Route[] = [
  route({
    method: 'get',
    path: '/api/events',
    access: 'incidents.read',
    scoped: true,
    chapter: 'Live updates',
    summary: 'What changes, as server-sent events',
    description:
      'Each event has a growing id. After a break send the last one as `Last-Event-ID`, or as `lastEventId` in the query, to hear ' +
      'what was missed; `reset` says that too much was missed and everything is to be read again. A comment every 15 seconds ' +
      'keeps the connection.',
    query: z.strictObject({ lastEventId: number }),
    media: 'text/event-stream',
    handle: (call) => {
      const { c, query, principal, live, db } = call;
      const after = number.catch(undefined).parse(c.req.header('last-event-id')) ?? query.lastEventId;
      return eventStream({ db, live, viewer: principal, after, stillAllowed: call.stillAllowed });
    },
  }),
];
