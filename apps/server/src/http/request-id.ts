import { randomUUID } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import type { HttpEnv } from './http-env.ts';

/** Gives every request an id, the client's own where it is a plain word, and says it in the answer; notes who is at the other end. */
export const requestId: MiddlewareHandler<HttpEnv> = async (c, next) => {
  const given = c.req.header('x-request-id');
  const id = given !== undefined && /^[\w-]{8,64}$/.test(given) ? given : randomUUID();
  c.set('requestId', id);
  c.set('peerAddress', c.env.incoming?.socket?.remoteAddress);
  await next();
  c.res.headers.set('x-request-id', id);
};
