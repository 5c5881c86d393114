import { scopeBeyondRole } from '@throughline/access';
import { serviceAccountBody, serviceTokenBody, tokenReplaceBody } from '@throughline/model';
import {
  accountAccess,
  createServiceAccount,
  createServiceToken,
  deleteServiceAccount,
  listTenantTokens,
  replaceServiceToken,
} from '@throughline/store';
import { accountSchema } from '../api/accounts.ts';
import { numericId } from '../api/path-params.ts';
import type { Route } from '../api/route.ts';
import { route } from '../api/route.ts';
import { createdTokenSchema } from '../api/tokens.ts';
import { ApiError, found } from '../http/api-error.ts';
import { requireNotAbove, requireOwnRights } from '../scope/own-rights.ts';
import { permissionsOfGift } from './invitation-rights.ts';

const chapter = 'Accounts';

/** Accounts of programs: no password, no sign-in, tokens that end. */
export const serviceAccountRoutes: Route[] = [
  route({
    method: 'post',
    path: '/api/service-accounts',
    access: 'accounts.manage',
    audit: { action: 'account.create' },
    chapter,
    summary: 'Add a service account',
    description: 'For a program: it cannot sign in and has only the tokens that administrators make for it.',
    body: serviceAccountBody,
    answer: accountSchema,
    status: 201,
    refusals: [404, 409],
    handle: async ({ db, principal, body }) => {
      const gift = await permissionsOfGift(db, principal.tenantId, body);
      requireOwnRights(principal, body.deviceGroupIds.length > 0 ? [...gift, 'access.manage'] : gift);
      return createServiceAccount(db, principal.tenantId, body);
    },
  }),
  route({
    method: 'delete',
    path: '/api/service-accounts/{id}',
    access: 'accounts.manage',
    audit: { action: 'account.delete' },
    chapter,
    summary: 'Delete a service account with its tokens',
    params: numericId,
    handle: async ({ db, principal, params }) => {
      await requireNotAbove(db, principal, params.id);
      await deleteServiceAccount(db, principal.tenantId, params.id);
    },
  }),
  route({
    method: 'post',
    path: '/api/service-accounts/{id}/tokens',
    access: 'accounts.manage',
    audit: { action: 'token.create' },
    chapter,
    summary: 'Make a token of a service account',
    description: 'The token is in this answer only. It ends within two years.',
    params: numericId,
    body: serviceTokenBody,
    answer: createdTokenSchema,
    status: 201,
    refusals: [409],
    handle: async ({ db, principal, params, body, clock }) => {
      await requireNotAbove(db, principal, params.id);
      const owner = found(await accountAccess(db, principal.tenantId, params.id), 'account');
      const beyond = scopeBeyondRole(owner.role, body.scopes, owner.assigned);
      if (beyond !== undefined) {
        const message = `${owner.userName} may do nothing that the scope ${beyond} is for: give it another role first.`;
        throw new ApiError(403, 'scopeBeyondRole', message, { target: 'scopes' });
      }
      return createServiceToken(db, principal.tenantId, params.id, { ...body, by: principal.userName }, clock());
    },
  }),
  route({
    method: 'post',
    path: '/api/service-tokens/{id}/replace',
    access: 'accounts.manage',
    audit: { action: 'token.replace' },
    chapter,
    summary: 'Replace a token of a service account',
    description: 'The new token is in this answer only. The old one goes on for so many hours.',
    params: numericId,
    body: tokenReplaceBody,
    answer: createdTokenSchema,
    status: 201,
    handle: async ({ db, principal, params, body, clock }) => {
      const { tenantId, userName } = principal;
      const [old] = await listTenantTokens(db, tenantId, clock(), { tokenId: params.id });
      if (old !== undefined) await requireNotAbove(db, principal, old.owner.id);
      return (await replaceServiceToken(db, tenantId, params.id, { ...body, by: userName }, clock())).made;
    },
  }),
];
