import { scopeBeyondRole } from '@throughline/access';
import { apiToken, apiTokenCreate, apiTokenCreated } from '@throughline/model';
import { createApiToken, listApiTokens, revokeApiToken } from '@throughline/store';
import { z } from 'zod';
import { ApiError } from '../http/api-error.ts';
import { numericId } from './path-params.ts';
import type { Route } from './route.ts';
import { route } from './route.ts';

/** The schema under its name in the API document. */
export const createdTokenSchema = apiTokenCreated.meta({ id: 'ApiTokenCreated' });

export const tokenRoutes: Route[] = [
  route({
    method: 'get',
    path: '/api/tokens',
    access: 'tokens.own',
    scoped: true,
    chapter: 'Tokens',
    summary: 'The own API tokens, newest first',
    answer: z.strictObject({ items: z.array(apiToken.meta({ id: 'ApiToken' })) }),
    handle: async ({ db, principal, clock }) => ({ items: await listApiTokens(db, principal.accountId, clock()) }),
  }),
  route({
    method: 'post',
    path: '/api/tokens',
    access: 'tokens.own',
    scoped: true,
    audit: {
      action: 'token.create',
      atomic: true,
      target: (_, answer) => (answer && 'id' in answer ? { kind: 'token', id: String(answer.id) } : null),
      details: ({ body }) => ({ after: { ...body } }),
    },
    chapter: 'Tokens',
    summary: 'Make an API token',
    description: 'The token is in this answer only. It can do no more than its owner can.',
    body: apiTokenCreate,
    answer: createdTokenSchema,
    status: 201,
    handle: ({ db, principal, body, clock }) => {
      const beyond = scopeBeyondRole(principal.role, body.scopes, principal.assigned);
      if (beyond !== undefined) {
        const message = `A ${principal.role} cannot make a token with scope ${beyond}.`;
        throw new ApiError(403, 'scopeBeyondRole', message, { target: 'scopes' });
      }
      return createApiToken(db, principal.accountId, body, clock());
    },
  }),
  route({
    method: 'delete',
    path: '/api/tokens/{id}',
    access: 'tokens.own',
    scoped: true,
    audit: { action: 'token.revoke', atomic: true, target: ({ params }) => ({ kind: 'token', id: String(params.id) }) },
    chapter: 'Tokens',
    summary: 'Revoke an API token',
    params: numericId,
    handle: ({ db, principal, params, clock }) => revokeApiToken(db, principal.accountId, params.id, clock()),
  }),
];
