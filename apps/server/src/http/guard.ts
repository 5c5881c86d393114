import { createHash, timingSafeEqual } from 'node:crypto';
import { can, coversLimit, mustHaveSecondFactor, type Principal, sourcesFor, usableWithin } from '@throughline/access';
import type { Permission } from '@throughline/model';
import { type Db, findApiToken, findSession, type SessionOwner } from '@throughline/store';
import type { Context, MiddlewareHandler } from 'hono';
import { ApiError } from './api-error.ts';
import type { HttpEnv, SessionOfRequest } from './http-env.ts';
import { isSameOrigin } from './same-origin.ts';
import { isHttps, readSessionCookie } from './session-cookie.ts';
import { sessionPlace } from './session-place.ts';

/** Who may call a route: who holds the permission, any person in a browser (a token is none), or everybody. */
export type RouteAccess = Permission | 'person' | 'public';

/** What the guard needs to know. */
export type GuardOptions = {
  db: Db;
  publicUrl: URL | undefined;
  clock: () => Date;
  /** The route obeys the scope of who asks. Where it does not, people with a scope are refused. */
  scoped: boolean;
  trustProxy: boolean;
  /** A session that must set up a second factor first may call the route. */
  duringSetUp: boolean;
};

/**
 * The one place that decides whether a request reaches its handler: it refuses changes that another site may have
 * caused, finds out who asks (API token, else session), and checks what the route declares.
 */
export function guard(access: RouteAccess, options: GuardOptions): MiddlewareHandler<HttpEnv> {
  if (access === 'public') {
    return async (c, next) => {
      if (isChange(c)) refuseOtherSites(c, options);
      await next();
    };
  }
  return async (c, next) => {
    const principal = await authenticate(c, access, options);
    c.set('principal', principal);
    if (principal === undefined) throw new ApiError(401, 'signInRequired', 'Sign in first, or send a valid API token.');
    // Browsers send cookies by themselves, whoever caused the request; a token is sent by a program that means it.
    if (principal.kind === 'session' && isChange(c)) {
      refuseOtherSites(c, options);
      refuseWithoutCsrfToken(c);
    }
    if (isLimited(c, options)) throw secondFactorRequired();
    if (!mayCall(principal, access)) throw forbidden(principal, access);
    if (!options.scoped && (principal.groups !== null || principal.sources !== null)) throw beyondScope();
    if (access !== 'person' && !usableWithin(principal, access)) throw beyondScope();
    await next();
  };
}

/** Whether a request would still pass and show the same: for answers that last longer than a session may. */
export async function isAllowed(c: Context<HttpEnv>, access: RouteAccess, options: GuardOptions): Promise<boolean> {
  if (access === 'public') return true;
  const principal = await authenticate(c, access, options).catch(() => undefined);
  if (principal === undefined || isLimited(c, options) || !mayCall(principal, access)) return false;
  const before = c.get('principal');
  return before !== undefined && sameGroups(principal.groups, before.groups) && sameSources(principal, before);
}

// A token never passes as its owner: whoever found one could otherwise take the account over.
function mayCall(principal: Principal, access: Exclude<RouteAccess, 'public'>): boolean {
  return access === 'person' ? principal.kind === 'session' : can(principal, access);
}

async function authenticate(
  c: Context<HttpEnv>,
  access: Exclude<RouteAccess, 'public'>,
  { db, publicUrl, clock, trustProxy }: GuardOptions,
): Promise<Principal | undefined> {
  // What people do about themselves shows them what they read.
  const permission = access === 'person' ? 'incidents.read' : access;
  const bearer = /^Bearer +(\S+)$/i.exec(c.req.header('authorization') ?? '')?.[1];
  if (bearer !== undefined) {
    const token = await findApiToken(db, bearer, clock());
    // A token that was sent must be good: falling back to a cookie would hide that it is not.
    if (token === undefined) throw new ApiError(401, 'invalidToken', 'This API token is unknown, expired or revoked.');
    const { tokenId, ...owner } = token;
    c.set('tokenId', tokenId);
    return { kind: 'token', ...owner, sources: sourcesFor(owner, permission) };
  }
  const secret = readSessionCookie(c, isHttps(publicUrl));
  const session =
    secret === undefined ? undefined : await findSession(db, secret, clock(), sessionPlace(c, trustProxy));
  if (secret === undefined || session === undefined) return undefined;
  const { accountId, userName, role, roleSources, assigned, tenantId, groups } = session;
  const sources = sourcesFor(session, permission);
  c.set('session', sessionOfRequest(secret, session));
  return { kind: 'session', accountId, userName, role, roleSources, assigned, tenantId, groups, sources };
}

/** What of a session its request carries. */
export function sessionOfRequest(secret: string, owner: SessionOwner): SessionOfRequest {
  const { csrfToken, displayName, hasPassword, sessionId, method, provedDateTime, breakGlass } = owner;
  // Whoever came in through single sign-on was asked there.
  const required = !owner.hasSecondFactor && method !== 'sso' && mustHaveSecondFactor(owner.secondFactorPolicy, owner);
  return {
    secret,
    csrfToken,
    displayName,
    hasPassword,
    sessionId,
    method,
    provedDateTime,
    secondFactorRequired: required,
    breakGlass,
  };
}

function isLimited(c: Context<HttpEnv>, { duringSetUp }: GuardOptions): boolean {
  return !duringSetUp && c.get('principal')?.kind !== 'token' && c.get('session')?.secondFactorRequired === true;
}

function secondFactorRequired(): ApiError {
  const message = 'Set up a second factor first: your organisation asks for one. Nothing else is possible until then.';
  return new ApiError(403, 'secondFactorRequired', message);
}

function isChange(c: Context): boolean {
  return !['GET', 'HEAD', 'OPTIONS'].includes(c.req.method);
}

function refuseOtherSites(c: Context<HttpEnv>, { publicUrl }: GuardOptions): void {
  if (!isSameOrigin(c.req, publicUrl)) {
    throw new ApiError(403, 'crossSite', 'Changes are accepted from this server’s own pages only.', {
      target: 'origin',
    });
  }
}

function refuseWithoutCsrfToken(c: Context<HttpEnv>): void {
  const expected = c.get('session')?.csrfToken;
  if (expected === undefined || !sameText(c.req.header('x-csrf-token') ?? '', expected)) {
    throw new ApiError(403, 'csrf', 'The header x-csrf-token is missing or not of this session. Reload the page.', {
      target: 'x-csrf-token',
    });
  }
}

function forbidden(principal: Principal, permission: Exclude<RouteAccess, 'public'>): ApiError {
  if (permission === 'person')
    return new ApiError(403, 'personOnly', 'This is for people in a browser, not for tokens.');
  const lack =
    principal.kind === 'token'
      ? `This token may not do that: its scopes and its owner’s role do not both allow ${permission}.`
      : `Your role does not allow ${permission}.`;
  return new ApiError(403, 'forbidden', lack, { target: permission });
}

function beyondScope(): ApiError {
  const message =
    'You see some device groups or data sources only; this concerns everything. Ask an administrator without a scope.';
  return new ApiError(403, 'beyondScope', message, { target: 'scope' });
}

function sameGroups(one: readonly number[] | null, other: readonly number[] | null): boolean {
  if (one === null || other === null) return one === other;
  return one.length === other.length && one.every((group) => other.includes(group));
}

function sameSources({ sources: one }: Principal, { sources: other }: Principal): boolean {
  return coversLimit(one, other) && coversLimit(other, one);
}

function sameText(one: string, other: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}
