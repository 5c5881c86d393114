import type { Principal } from '@throughline/access';
import type { Context } from 'hono';
import type { z } from 'zod';
import type { RouteAudit } from '../audit/route-audit.ts';
import type { ErrorShape } from '../http/error-shape.ts';
import type { RouteAccess } from '../http/guard.ts';
import type { HttpEnv } from '../http/http-env.ts';
import type { Services } from './services.ts';

type Nothing = z.ZodObject<Record<never, never>>;
type Maybe<T> = T | Promise<T>;

/** One request, checked: who asks, what for, and what to work with. */
export type Call<Access extends RouteAccess, Params, Query, Body> = Services & {
  c: Context<HttpEnv>;
  params: Params;
  query: Query;
  body: Body;
  principal: Access extends 'public' ? undefined : Principal;
  /** Asks the guard again, for answers that last: a session may have ended meanwhile. */
  stillAllowed: () => Promise<boolean>;
};

/** Chapters of the API's documentation, in its order. */
export const chapters = [
  'Incidents',
  'Alerts',
  'Hunting',
  'Detections',
  'Live updates',
  'Intake',
  'Sign-in',
  'Accounts',
  'Tokens',
  'Access',
  'Audit',
  'Notifications',
  'Server',
] as const;

/**
 * One route: what it is called, who may call it, what it takes and answers. It is documentation and law at once: the
 * guard enforces `access`, the schemas refuse what does not fit, and the OpenAPI document is made of the same values.
 */
export type RouteDefinition<
  Access extends RouteAccess,
  Params extends z.ZodObject,
  Query extends z.ZodObject,
  Body extends z.ZodType,
  Answer extends z.ZodType,
> = {
  method: 'get' | 'post' | 'patch' | 'delete';
  path: `/api/${string}` | `/v1.0/${string}`;
  access: Access;
  /**
   * The handler shows and changes only what its `principal` sees: people with device groups may call it. Without this
   * they are refused.
   */
  scoped?: true;
  /** A session that must set up a second factor first may call it; all else is refused to it. */
  duringSetUp?: true;
  /** What the audit log tells; whatever changes something has it. */
  audit?: RouteAudit<Call<Access, z.output<Params>, z.output<Query>, z.output<Body>>, z.input<Answer> | Response>;
  chapter: (typeof chapters)[number];
  summary: string;
  description?: string;
  params?: Params;
  query?: Query;
  body?: Body;
  /** The body is no JSON: `handle` reads it from `c` and enforces its limit. */
  rawBody?: { mediaTypes: readonly string[] };
  /** The JSON answer; without it and without `media` the answer is 204. */
  answer?: Answer;
  /** Status of the JSON answer, 200 when left out. */
  status?: 200 | 201 | 202;
  /** Media type of an answer that is no JSON: `handle` makes the Response. */
  media?: string;
  /** Statuses of refusals beyond those every route of its kind has. */
  refusals?: readonly number[];
  /** Refusals go in the shape of another product's API, which this route takes the place of. */
  errors?: ErrorShape;
  handle(call: Call<Access, z.output<Params>, z.output<Query>, z.output<Body>>): Maybe<z.input<Answer> | Response>;
};

/** A route with its types forgotten, as the registry and the sweep see it. */
// biome-ignore lint/suspicious/noExplicitAny: a handler's argument type is its own affair once `route` has checked it.
export type Route = RouteDefinition<any, any, any, any, any>;

/** Declares a route; checks the handler against the schemas. */
export function route<
  Access extends RouteAccess,
  Params extends z.ZodObject = Nothing,
  Query extends z.ZodObject = Nothing,
  Body extends z.ZodType = z.ZodUndefined,
  Answer extends z.ZodType = z.ZodVoid,
>(definition: RouteDefinition<Access, Params, Query, Body, Answer>): Route {
  return definition;
}
