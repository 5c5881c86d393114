import { beyondOwnRights, permissionsOfRights } from '@throughline/access';
import { tenantToken } from '@throughline/model';
import { accountAccess, listTenantTokens, revokeTenantToken } from '@throughline/store';
import { z } from 'zod';
import { numericId } from '../api/path-params.ts';
import type { Route } from '../api/route.ts';
import { route } from '../api/route.ts';
import { requireNotAbove } from '../scope/own-rights.ts';

const chapter = 'Tokens';

/** All tokens of the tenant, for administrators. */
export const tenantTokenRoutes: Route[] = [
  route({
    method: 'get',
    path: '/api/tokens/all',
    access: 'accounts.read',
    chapter,
    summary: 'The API tokens of everybody, newest first',
    query: z.strictObject({ account: z.coerce.number().int().min(1).max(2_147_483_647).optional() }),
    answer: z.strictObject({ items: z.array(tenantToken.meta({ id: 'TenantToken' })) }),
    handle: async ({ db, principal, query, clock }) => {
      const { tenantId } = principal;
      const tokens = await listTenantTokens(db, tenantId, clock(), { accountId: query.account });
      const owners = [...new Set(tokens.map(({ owner }) => owner.id))];
      const beyond = new Map(
        await Promise.all(
          owners.map(async (id) => {
            const access = await accountAccess(db, tenantId, id);
            const wanted = access === null ? [] : permissionsOfRights(access);
            return [id, beyondOwnRights(principal, wanted) ?? null] as const;
          }),
        ),
      );
      return { items: tokens.map((token) => ({ ...token, beyond: beyond.get(token.owner.id) ?? null })) };
    },
  }),
  route({
    method: 'delete',
    path: '/api/tokens/all/{id}',
    access: 'accounts.manage',
    audit: { action: 'token.revoke' },
    chapter,
    summary: 'Revoke a token of whoever',
    params: numericId,
    handle: async ({ db, principal, params, clock }) => {
      const { tenantId } = principal;
      const [token] = await listTenantTokens(db, tenantId, clock(), { tokenId: params.id });
      if (token !== undefined) await requireNotAbove(db, principal, token.owner.id);
      await revokeTenantToken(db, tenantId, params.id, clock());
    },
  }),
];
