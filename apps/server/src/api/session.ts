import { type AuditActor, defaultTenant, linkSignInBody, signInAnswer, signInBody } from '@throughline/model';
import { closeSession, type Db, findAccount, redeemOneTimeLink, signIn } from '@throughline/store';
import { ApiError } from '../http/api-error.ts';
import { clientAddress } from '../http/client-address.ts';
import { clearSessionCookie, isHttps } from '../http/session-cookie.ts';
import { finishSignIn } from '../second-factor/finish-sign-in.ts';
import type { Route } from './route.ts';
import { route } from './route.ts';

const answerSchema = signInAnswer.meta({ id: 'SignInAnswer' });
const asked = (_: unknown, answer: object | undefined) =>
  answer !== undefined && 'secondFactor' in answer ? { asked: 'second factor' } : {};

export const sessionRoutes: Route[] = [
  route({
    method: 'post',
    path: '/api/session',
    access: 'public',
    audit: { action: 'session.signIn', actor: ({ db, body }) => claimedActor(db, body.userName), details: asked },
    chapter: 'Sign-in',
    summary: 'Sign in with name and password',
    description:
      'Sets the session cookie, or asks for a second factor of an account that has one. Repeated wrong tries from an address or for a name have to wait.',
    body: signInBody,
    answer: answerSchema,
    refusals: [401, 429],
    handle: async (call) => {
      const { db, body, c, clock, settings } = call;
      const result = await signIn(db, { ...body, address: clientAddress(c, settings.trustProxy) }, clock());
      if (result.kind === 'throttled') throw tooManyTries(result.retryAfterMs);
      if (result.kind === 'refused') throw new ApiError(401, 'wrongCredentials', 'Name or password is not right.');
      return finishSignIn(call, result.accountId, 'password');
    },
  }),
  route({
    method: 'post',
    path: '/api/session/link',
    access: 'public',
    audit: { action: 'session.linkSignIn', details: asked },
    chapter: 'Sign-in',
    summary: 'Sign in with a one-time link',
    body: linkSignInBody,
    answer: answerSchema,
    refusals: [401],
    handle: async (call) => {
      const link = await redeemOneTimeLink(call.db, call.body.token, call.clock());
      if (link === undefined) {
        throw new ApiError(401, 'linkNotValid', 'This link was used before or is too old. Ask for a new one.');
      }
      return finishSignIn(call, link.accountId, link.local ? 'localLink' : 'link');
    },
  }),
  route({
    method: 'delete',
    path: '/api/session',
    access: 'person',
    scoped: true,
    duringSetUp: true,
    audit: { action: 'session.signOut', atomic: true },
    chapter: 'Sign-in',
    summary: 'Sign out',
    handle: async ({ db, c, settings }) => {
      const session = c.get('session');
      if (session !== undefined) await closeSession(db, session.secret);
      clearSessionCookie(c, isHttps(settings.publicUrl));
    },
  }),
];

// A name that no account has may be a password in the wrong field: it is not kept.
async function claimedActor(db: Db, userName: string): Promise<AuditActor> {
  const account = await findAccount(db, defaultTenant, userName);
  return { kind: 'anonymous', name: account?.userName ?? '', id: null };
}

function tooManyTries(retryAfterMs: number): ApiError {
  const retryAfterSeconds = Math.ceil(retryAfterMs / 1000);
  return new ApiError(429, 'tooManyTries', `Too many tries: wait ${retryAfterSeconds} seconds.`, { retryAfterSeconds });
}
