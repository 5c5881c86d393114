import { type AuditActor, passkeyOptions, passkeySignInBody, shownFactor } from '@throughline/model';
import { closePendingSignIn, findPendingSignIn, type PendingSignIn } from '@throughline/store';
import { meSchema } from '../api/me.ts';
import { type Route, route } from '../api/route.ts';
import { startSession } from '../api/start-session.ts';
import { ApiError } from '../http/api-error.ts';
import { checkFactor, passkeyWords, tellCloned } from './check-factor.ts';
import { accountOfPasskey } from './passkey-account.ts';
import type { PasskeyCall } from './passkey-call.ts';
import { clearShortCookie, readShortCookie } from './short-cookie.ts';
import { checkShown, passkeyQuestion } from './show-passkey.ts';

const chapter = 'Sign-in';
const optionsSchema = passkeyOptions.meta({ id: 'PasskeyOptions' });

export const secondStepRoutes: Route[] = [
  route({
    method: 'post',
    path: '/api/session/second-factor',
    access: 'public',
    audit: {
      action: 'session.secondFactor',
      actor: pendingActor,
      details: ({ body }) => ({ factor: 'code' in body ? 'totp' : 'passkey' in body ? 'passkey' : 'recovery' }),
    },
    chapter,
    summary: 'Show the second factor of a sign-in',
    description: 'Within five minutes after the password, from the same browser. Codes are throttled as passwords are.',
    body: shownFactor,
    answer: meSchema,
    refusals: [401, 409, 429],
    handle: async (call) => {
      const pending = await pendingOf(call);
      const verdict = await checkFactor(call, pending, call.body, 'secondFactor');
      if (!verdict.right) throw new ApiError(401, verdict.code, verdict.message);
      if (!(await closePendingSignIn(call.db, readShortCookie(call, 'pending')))) throw tooLate();
      const me = await startSession(call, pending.accountId, { method: pending.method, secondFactor: verdict.factor });
      clearShortCookie(call, 'pending');
      return me;
    },
  }),
  route({
    method: 'post',
    path: '/api/session/second-factor/passkey',
    access: 'public',
    audit: { action: 'session.secondFactor', actor: pendingActor, details: () => ({ asked: 'passkey' }) },
    chapter,
    summary: 'Ask for a passkey as second factor',
    answer: optionsSchema,
    refusals: [401, 409],
    handle: async (call) => {
      const { accountId } = await pendingOf(call);
      return passkeyQuestion(call, { purpose: 'secondFactor', accountId });
    },
  }),
  route({
    method: 'post',
    path: '/api/session/passkey/options',
    access: 'public',
    audit: { action: 'session.passkeySignIn', summed: () => ({ asked: 1 }) },
    chapter,
    summary: 'Ask for a passkey to sign in with',
    answer: optionsSchema,
    refusals: [409],
    handle: (call) => passkeyQuestion(call, { purpose: 'signIn', accountId: null }),
  }),
  route({
    method: 'post',
    path: '/api/session/passkey',
    access: 'public',
    audit: { action: 'session.passkeySignIn' },
    chapter,
    summary: 'Sign in with a passkey alone',
    description: 'The passkey must have asked its owner for a finger, a face or a PIN. No second factor is asked.',
    body: passkeySignInBody,
    answer: meSchema,
    refusals: [401, 409],
    handle: async (call) => {
      const verdict = await checkShown(call, { purpose: 'signIn', accountId: null }, call.body.passkey);
      if (verdict.kind === 'cloned') {
        await tellCloned(call, await accountOfPasskey(call.db, verdict.passkey), verdict.passkey.passkeyId);
      }
      if (verdict.kind !== 'right') throw new ApiError(401, 'wrongPasskey', passkeyWords);
      return startSession(call, verdict.passkey.accountId, { method: 'passkey' });
    },
  }),
];

async function pendingOf(call: PasskeyCall): Promise<PendingSignIn> {
  const pending = await findPendingSignIn(call.db, readShortCookie(call, 'pending'), call.clock());
  if (pending === undefined) throw tooLate();
  return pending;
}

async function pendingActor(call: PasskeyCall): Promise<AuditActor> {
  const pending = await findPendingSignIn(call.db, readShortCookie(call, 'pending'), call.clock());
  return { kind: 'anonymous', name: pending?.userName ?? '', id: null };
}

function tooLate(): ApiError {
  return new ApiError(401, 'signInAgain', 'This sign-in is over: it took too long or was finished. Sign in again.');
}
