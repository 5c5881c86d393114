import type { MiddlewareHandler } from 'hono';
import type { Logger } from 'pino';
import type { HttpEnv } from './http-env.ts';

/** Logs one line a request: who, what, how long (ms). Never a query, a body, a cookie or a token. */
export function accessLog(log: Logger): MiddlewareHandler<HttpEnv> {
  return async (c, next) => {
    const start = performance.now();
    await next();
    const principal = c.get('principal');
    log.info(
      {
        requestId: c.get('requestId'),
        method: c.req.method,
        path: c.req.path.slice(0, 300),
        status: c.res.status,
        ms: Math.round(performance.now() - start),
        ...(principal === undefined ? {} : { user: principal.userName, by: principal.kind }),
      },
      'request',
    );
  };
}
