import { mustHaveSecondFactor } from '@throughline/access';
import { authenticatorKey, codeBody, ownSecondFactors, recoveryCodes } from '@throughline/model';
import {
  authenticatorSecret,
  confirmAuthenticator,
  giveTryBack,
  readSecondFactorSettings,
  readSecondFactors,
  removeAuthenticator,
  renewRecoveryCodes,
  startAuthenticator,
  takeTry,
  tooManyTries,
} from '@throughline/store';
import { type Route, route } from '../api/route.ts';
import { ApiError } from '../http/api-error.ts';
import { clientAddress } from '../http/client-address.ts';
import { requireRecentProof, sessionOf } from './recent-proof.ts';
import { findRelyingParty } from './relying-party.ts';
import { newTotpKey, totpStep } from './totp.ts';

const own = { access: 'person', scoped: true, duringSetUp: true, chapter: 'Sign-in' } as const;

export const factorRoutes: Route[] = [
  route({
    ...own,
    method: 'get',
    path: '/api/me/second-factors',
    summary: 'The own second factors',
    answer: ownSecondFactors.meta({ id: 'OwnSecondFactors' }),
    handle: async (call) => {
      const { db, principal } = call;
      const state = await readSecondFactors(db, principal.accountId);
      const { policy } = await readSecondFactorSettings(db, principal.tenantId);
      const party = findRelyingParty(call);
      const passkeyHere = typeof party !== 'string' && state.passkeys.some(({ host }) => host === party.id);
      return {
        ...state,
        required: mustHaveSecondFactor(policy, principal),
        confirmWith: [
          ...(sessionOf(call).hasPassword ? ['password' as const] : []),
          ...(state.authenticator === null ? [] : ['totp' as const]),
          ...(passkeyHere ? ['passkey' as const] : []),
        ],
        passkeysRefused: typeof party === 'string' ? party : null,
      };
    },
  }),
  route({
    ...own,
    method: 'post',
    path: '/api/me/authenticator',
    audit: { action: 'authenticator.change' },
    summary: 'Begin to set up an authenticator app',
    description: 'The key is in this answer only. It counts once a code was right.',
    answer: authenticatorKey.meta({ id: 'AuthenticatorKey' }),
    status: 201,
    refusals: [409],
    handle: async (call) => {
      requireRecentProof(call);
      const { db, keys, principal, clock } = call;
      const key = newTotpKey(principal.userName);
      await startAuthenticator(db, keys, principal, key.secret, clock());
      return key;
    },
  }),
  route({
    ...own,
    method: 'post',
    path: '/api/me/authenticator/confirm',
    audit: { action: 'authenticator.change' },
    summary: 'Finish setting up an authenticator app, with a code',
    body: codeBody,
    refusals: [409, 429],
    handle: async (call) => {
      requireRecentProof(call);
      const { db, keys, principal, clock, body, c, settings } = call;
      const attempt = { secondFactorOf: principal.accountId, address: clientAddress(c, settings.trustProxy) };
      const allowed = await takeTry(db, attempt, clock());
      if (!allowed.allowed) throw tooManyTries(allowed.retryAfterMs);
      const secret = await authenticatorSecret(db, keys, principal, 'started');
      const step = secret === undefined ? undefined : totpStep(secret, body.code, clock());
      if (step === undefined || !(await confirmAuthenticator(db, principal, step, clock()))) {
        throw new ApiError(400, 'wrongCode', 'This code is not right. Use the one shown now.', { target: 'code' });
      }
      await giveTryBack(db, attempt, clock());
    },
  }),
  route({
    ...own,
    method: 'delete',
    path: '/api/me/authenticator',
    audit: { action: 'authenticator.change' },
    summary: 'Remove the authenticator app',
    refusals: [409],
    handle: (call) => {
      requireRecentProof(call);
      return removeAuthenticator(call.db, call.principal);
    },
  }),
  route({
    ...own,
    method: 'post',
    path: '/api/me/recovery-codes',
    audit: { action: 'recoveryCodes.renew' },
    summary: 'Make ten recovery codes',
    description: 'They are in this answer only; older ones stop working.',
    answer: recoveryCodes.meta({ id: 'RecoveryCodes' }),
    status: 201,
    refusals: [409],
    handle: async (call) => {
      requireRecentProof(call);
      return { codes: await renewRecoveryCodes(call.db, call.principal.accountId) };
    },
  }),
];
