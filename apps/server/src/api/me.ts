import { type Principal, permissionsOf } from '@throughline/access';
import { type Me, me, passwordBody } from '@throughline/model';
import { noteProof, setPassword } from '@throughline/store';
import { clientAddress } from '../http/client-address.ts';
import type { SessionOfRequest } from '../http/http-env.ts';
import { requireRecentProof, sessionOf } from '../second-factor/recent-proof.ts';
import type { Route } from './route.ts';
import { route } from './route.ts';

/** The schema under its name in the API document. */
export const meSchema = me.meta({ id: 'Me' });

/** What the portal needs to know about who is signed in. */
export function meOf(principal: Principal, session: Omit<SessionOfRequest, 'secret'>): Me {
  return {
    id: principal.accountId,
    userName: principal.userName,
    displayName: session.displayName,
    role: principal.role,
    permissions: permissionsOf(principal),
    tenantId: principal.tenantId,
    hasPassword: session.hasPassword,
    secondFactorRequired: session.secondFactorRequired,
    breakGlass: session.breakGlass,
    csrfToken: session.csrfToken,
  };
}

export const meRoutes: Route[] = [
  route({
    method: 'get',
    path: '/api/me',
    access: 'person',
    scoped: true,
    duringSetUp: true,
    chapter: 'Sign-in',
    summary: 'Who is signed in, and what they may do',
    answer: meSchema,
    handle: (call) => meOf(call.principal, sessionOf(call)),
  }),
  route({
    method: 'post',
    path: '/api/me/password',
    access: 'person',
    scoped: true,
    audit: { action: 'password.set' },
    chapter: 'Sign-in',
    summary: 'Set or change the own password',
    description: 'Wants the current password once there is one. Ends all other sessions.',
    body: passwordBody,
    refusals: [429],
    handle: async (call) => {
      const { db, principal, body, c, clock, settings } = call;
      const { secret, hasPassword } = sessionOf(call);
      // The current password is the proof where there is one.
      if (!hasPassword) requireRecentProof(call);
      const address = clientAddress(c, settings.trustProxy);
      await setPassword(db, principal.accountId, { ...body, address }, clock(), secret);
      await noteProof(db, secret, clock());
    },
  }),
];
