import { confirmBody, passkeyOptions } from '@throughline/model';
import { isOwnPassword, noteProof } from '@throughline/store';
import { type Route, route } from '../api/route.ts';
import { ApiError } from '../http/api-error.ts';
import { clientAddress } from '../http/client-address.ts';
import { checkFactor } from './check-factor.ts';
import { sessionOf } from './recent-proof.ts';
import { passkeyQuestion } from './show-passkey.ts';

/** "Confirm it is you": opens the sensitive changes for ten minutes. */
export const confirmRoutes: Route[] = [
  route({
    method: 'post',
    path: '/api/me/confirm',
    access: 'person',
    scoped: true,
    duringSetUp: true,
    audit: {
      action: 'session.confirm',
      target: ({ principal }) => ({ kind: 'account', id: String(principal.accountId) }),
      details: ({ body }) => ({ with: Object.keys(body)[0] ?? '' }),
    },
    chapter: 'Sign-in',
    summary: 'Confirm who it is',
    description:
      'Sensitive changes are refused with 403 `confirmationRequired` when nothing was shown for ten minutes.',
    body: confirmBody,
    refusals: [409, 429],
    handle: async (call) => {
      const { db, principal, body, c, clock, settings } = call;
      if ('password' in body) {
        const address = clientAddress(c, settings.trustProxy);
        if (!(await isOwnPassword(db, principal.accountId, { password: body.password, address }, clock()))) {
          throw new ApiError(403, 'wrongPassword', 'The password is not right.');
        }
      } else {
        const verdict = await checkFactor(call, principal, body, 'confirm');
        if (!verdict.right) throw new ApiError(403, verdict.code, verdict.message);
      }
      await noteProof(db, sessionOf(call).secret, clock());
    },
  }),
  route({
    method: 'post',
    path: '/api/me/confirm/passkey',
    access: 'person',
    scoped: true,
    duringSetUp: true,
    audit: { action: 'session.confirm', details: () => ({ asked: 'passkey' }) },
    chapter: 'Sign-in',
    summary: 'Ask for a passkey to confirm with',
    answer: passkeyOptions,
    refusals: [409],
    handle: (call) => passkeyQuestion(call, { purpose: 'confirm', accountId: call.principal.accountId }),
  }),
];
