import { permissionsOfRole, permissionsOfScopes } from '@throughline/access';
import { apiToken, apiTokenCreate, apiTokenCreated, type Role, type TokenScope } from '@throughline/model';
import { createApiToken, listApiTokens, revokeApiToken } from '@throughline/store';
import { z } from 'zod';
import { ApiError } from '../http/api-error.ts';
import { numericId } from './path-params.ts';
import type { Route } from './route.ts';
import { route } from './route.ts';

export const tokenRoutes: Route[] = [
  route({
    method: 'get',
    path: '/api/tokens',
    access: 'tokens.own',
    chapter: 'Tokens',
    summary: 'The own API tokens, newest first',
    answer: z.strictObject({ items: z.array(apiToken.meta({ id: 'ApiToken' })) }),
    handle: async ({ db, principal }) => ({ items: await listApiTokens(db, principal.accountId) }),
  }),
  route({
    method: 'post',
    path: '/api/tokens',
    access: 'tokens.own',
    chapter: 'Tokens',
    summary: 'Make an API token',
    description: 'The token is in this answer only. It can do no more than its owner can.',
    body: apiTokenCreate,
    answer: apiTokenCreated.meta({ id: 'ApiTokenCreated' }),
    status: 201,
    handle: ({ db, principal, body, clock }) => {
      refuseScopesBeyondRole(principal.role, body.scopes);
      return createApiToken(db, principal.accountId, body, clock());
    },
  }),
  route({
    method: 'delete',
    path: '/api/tokens/{id}',
    access: 'tokens.own',
    chapter: 'Tokens',
    summary: 'Revoke an API token',
    params: numericId,
    handle: ({ db, principal, params, clock }) => revokeApiToken(db, principal.accountId, params.id, clock()),
  }),
];

/** Refuses a scope of which the role allows nothing: such a token would look useful and be useless. */
export function refuseScopesBeyondRole(role: Role, scopes: readonly TokenScope[]): void {
  const allowed = permissionsOfRole(role);
  const beyond = scopes.find((scope) => [...permissionsOfScopes([scope])].every((one) => !allowed.has(one)));
  if (beyond !== undefined) {
    throw new ApiError(403, 'scopeBeyondRole', `A ${role} cannot make a token with scope ${beyond}.`, {
      target: 'scopes',
    });
  }
}
