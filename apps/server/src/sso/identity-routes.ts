import { linkStart, linkStartBody, ownIdentities } from '@throughline/model';
import { listIdentities, requireProvider, unlinkIdentity } from '@throughline/store';
import { numericId } from '../api/path-params.ts';
import type { Route } from '../api/route.ts';
import { route } from '../api/route.ts';
import { ApiError } from '../http/api-error.ts';
import { beginSignIn } from './begin-sign-in.ts';
import { refusing } from './refuse.ts';

const chapter = 'Sign-in';

export const identityRoutes: Route[] = [
  route({
    method: 'get',
    path: '/api/me/identities',
    access: 'person',
    scoped: true,
    chapter,
    summary: 'The providers the own account is linked to, and those it can be linked to',
    answer: ownIdentities.meta({ id: 'OwnIdentities' }),
    handle: ({ db, principal }) => listIdentities(db, principal.tenantId, principal.accountId),
  }),
  route({
    method: 'post',
    path: '/api/me/identities',
    access: 'person',
    scoped: true,
    audit: { action: 'identity.link', details: ({ body }) => ({ provider: body.providerId, step: 'begin' }) },
    chapter,
    summary: 'Begin to link the own account to a provider: go to `url`',
    body: linkStartBody,
    answer: linkStart.meta({ id: 'LinkStart' }),
    refusals: [404, 502],
    handle: (call) =>
      refusing(async () => {
        const { c, db, principal, body } = call;
        const session = c.get('session')?.secret;
        if (session === undefined) throw new ApiError(401, 'signInRequired', 'Sign in first.');
        const provider = await requireProvider(db, principal.tenantId, body.providerId);
        const link = { accountId: principal.accountId, session };
        return { url: (await beginSignIn(call, principal.tenantId, provider, { asked: body.return, link })).href };
      }),
  }),
  route({
    method: 'delete',
    path: '/api/me/identities/{id}',
    access: 'person',
    scoped: true,
    audit: { action: 'identity.unlink' },
    chapter,
    summary: 'Unlink the own account from a provider',
    params: numericId,
    refusals: [409],
    handle: ({ db, principal, params }) =>
      refusing(() => unlinkIdentity(db, principal.tenantId, principal.accountId, params.id)),
  }),
];
