import { OpenAPIHono } from '@hono/zod-openapi';
import { accessLog } from '../http/access-log.ts';
import { notFound } from '../http/api-error.ts';
import { errorResponse, validationError } from '../http/error-response.ts';
import type { HttpEnv } from '../http/http-env.ts';
import { queryNames } from '../http/query-names.ts';
import { requestId } from '../http/request-id.ts';
import { securityHeaders } from '../http/security-headers.ts';
import { isHttps } from '../http/session-cookie.ts';
import { trustedHost } from '../http/trusted-host.ts';
import { openApiDocument } from './openapi.ts';
import { register } from './register.ts';
import { apiRoutes } from './routes.ts';
import type { Services } from './services.ts';

/** The whole API as one Hono app. Everything outside `/api` and `/v1.0` is left to `rest`, the portal's files. */
export function createApp(services: Services, rest?: (request: Request) => Promise<Response>): OpenAPIHono<HttpEnv> {
  const { log, settings } = services;
  const app = new OpenAPIHono<HttpEnv>({
    defaultHook: (result) => {
      if (!result.success) throw validationError(result.error, partNames[result.target]);
    },
  });
  app.onError((error, c) => errorResponse(c, error, log));
  app.use(requestId, securityHeaders({ https: isHttps(settings.publicUrl) }), accessLog(log));
  app.use(trustedHost(settings));
  app.use('/api/*', queryNames);
  app.use('/v1.0/*', queryNames);
  for (const route of apiRoutes(() => openApiDocument(app, services.version))) register(app, route, services);
  for (const path of ['/api/*', '/v1.0/*']) {
    app.all(path, () => {
      throw notFound('route');
    });
  }
  if (rest !== undefined) app.get('*', (c) => rest(c.req.raw));
  app.notFound(() => {
    throw notFound('page');
  });
  return app;
}

// How an error's `target` names the part of the request; a field of the body goes by its own name.
const partNames: Readonly<Record<string, string>> = { query: 'query', param: 'path' };
