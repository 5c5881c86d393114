import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { errorBody } from '@throughline/model';
import type { Context, MiddlewareHandler } from 'hono';
import { requireAudit } from '../audit/route-audit.ts';
import { runAudited, tellRefused } from '../audit/run-audited.ts';
import { errorShapes } from '../http/error-shape.ts';
import { guard, isAllowed } from '../http/guard.ts';
import type { HttpEnv } from '../http/http-env.ts';
import { jsonLimit } from '../http/json-limits.ts';
import type { Route } from './route.ts';
import type { Services } from './services.ts';

const errorSchema = errorBody.meta({ id: 'Error' });
const nothing = z.strictObject({});

const refusalWords: Record<number, string> = {
  400: 'The request does not fit: `error.target` names the field.',
  401: 'Nobody is signed in, or the token is not valid.',
  403: 'Signed in, but not allowed; or the request may come from another site.',
  404: 'There is no such thing.',
  409: 'The state of things does not allow it.',
  413: 'Larger than a limit, which the message names.',
  415: 'The body is of a media type that is not understood.',
  429: 'Too many tries: see `Retry-After`, in seconds.',
  503: 'Not now: see `Retry-After`, in seconds.',
};

/**
 * Puts a route on the app: guard first, then the schemas, then the handler with its audit entry. Throws Error for a
 * route that changes something and declares no `audit`.
 */
export function register(app: OpenAPIHono<HttpEnv>, route: Route, services: Services): void {
  const { db, clock, settings } = services;
  const options = {
    db,
    clock,
    publicUrl: settings.publicUrl,
    trustProxy: settings.trustProxy,
    scoped: route.scoped ?? false,
    duringSetUp: route.duringSetUp ?? false,
  };
  requireAudit(route);
  const check = watched(guard(route.access, options), route, services);
  app.openapi(
    createRoute({ ...documented(route), middleware: route.rawBody === undefined ? [check, jsonLimit] : [check] }),
    (async (c: Context<HttpEnv>) => {
      const call = {
        ...services,
        c,
        params: c.req.valid('param' as never),
        query: c.req.valid('query' as never),
        body: route.body === undefined ? undefined : c.req.valid('json' as never),
        principal: c.get('principal'),
        stillAllowed: () => isAllowed(c, route.access, options),
      };
      const { audit, handle } = route;
      const answer = await (audit === undefined ? handle(call) : runAudited(audit, call, services.auditLog, handle));
      if (answer instanceof Response) return answer;
      return route.answer === undefined ? c.body(null, 204) : c.json(answer, route.status ?? 200);
    }) as never,
  );
}

// The guard, with what the audit log tells of it: refusals of people who are signed in, and new places of tokens.
function watched(
  check: MiddlewareHandler<HttpEnv>,
  { audit, errors }: Route,
  services: Services,
): MiddlewareHandler<HttpEnv> {
  return async (c, next) => {
    const call = () => ({ ...services, c, principal: c.get('principal') });
    c.set('errorShape', errors);
    try {
      await check(c, async () => {});
    } catch (error) {
      if (audit !== undefined) await tellRefused(audit, call(), services.auditLog, error);
      throw error;
    }
    await services.auditLog.noteToken(call());
    await next();
  };
}

// No query schema means no query: unknown names are refused everywhere.
function documented(route: Route) {
  const { method, path, chapter, summary, description, params = nothing, query = nothing } = route;
  const json = route.body === undefined ? undefined : { 'application/json': { schema: route.body as z.ZodType } };
  return {
    method,
    path,
    tags: [chapter],
    summary,
    operationId: operationId(route),
    ...(description === undefined ? {} : { description }),
    ...(route.access === 'public' ? { security: [] } : {}),
    'x-permission': route.access,
    'x-scoped': route.scoped ?? false,
    request: {
      params,
      query,
      ...(json === undefined ? {} : { body: { content: json, required: true } }),
      ...(route.rawBody === undefined
        ? {}
        : { body: { content: rawContent(route.rawBody.mediaTypes), required: true } }),
    },
    responses: { ...success(route), ...refusals(route) },
  };
}

function rawContent(mediaTypes: readonly string[]) {
  return Object.fromEntries(
    mediaTypes.map((type) => [type, { schema: { type: 'string' as const, format: 'binary' } }]),
  );
}

function success(route: Route) {
  if (route.media !== undefined) {
    return { 200: { description: route.summary, content: { [route.media]: { schema: { type: 'string' as const } } } } };
  }
  if (route.answer === undefined) return { 204: { description: 'Done.' } };
  return {
    [route.status ?? 200]: { description: route.summary, content: { 'application/json': { schema: route.answer } } },
  };
}

function refusals({ access, method, params, query, body, rawBody, errors, refusals: more = [] }: Route) {
  const statuses = new Set<number>(more);
  if (params ?? query ?? body) statuses.add(400);
  if (access !== 'public') statuses.add(401);
  if (access !== 'public' || method !== 'get') statuses.add(403);
  if (params !== undefined) statuses.add(404);
  if (body !== undefined) statuses.add(415);
  if (body ?? rawBody) statuses.add(413);
  const content = { 'application/json': { schema: errors === undefined ? errorSchema : errorShapes[errors] } };
  return Object.fromEntries(
    [...statuses].sort().map((status) => [status, { description: refusalWords[status] ?? 'Refused.', content }]),
  );
}

// "GET /api/incidents/{id}/alerts" is getIncidentsIdAlerts: stable, and unique because method and path are.
function operationId({ method, path }: Route): string {
  const words = path
    .replace(/^\/(api|v1\.0)\//, '')
    .split(/[^a-zA-Z]+/)
    .filter((word) => word !== '');
  return method + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}
