import { limitOf, permissionsOfRole } from '@throughline/access';
import { accountSources, sourceScope } from '@throughline/model';
import { accountAccess, listAccountSources, setAccountSources } from '@throughline/store';
import { z } from 'zod';
import { numericId } from '../api/path-params.ts';
import type { Route } from '../api/route.ts';
import { route } from '../api/route.ts';
import { found } from '../http/api-error.ts';
import { requireNotAbove, requireOwnRights } from './own-rights.ts';

const chapter = 'Access';

export const accountSourceRoutes: Route[] = [
  route({
    method: 'get',
    path: '/api/account-sources',
    access: 'access.read',
    chapter,
    summary: 'The accounts whose own role is for some data sources only',
    answer: z.strictObject({ items: z.array(accountSources) }),
    handle: async ({ db, principal }) => ({ items: await listAccountSources(db, principal.tenantId) }),
  }),
  route({
    method: 'post',
    path: '/api/account-sources/{id}',
    access: 'access.manage',
    audit: { action: 'role.assign', target: ({ params }) => ({ kind: 'account', id: String(params.id) }) },
    chapter,
    summary: 'Say for which data sources an account has its own role',
    params: numericId,
    body: sourceScope,
    answer: accountSources,
    handle: async ({ db, principal, params, body }) => {
      const account = found(await accountAccess(db, principal.tenantId, params.id), 'account');
      requireOwnRights(principal, permissionsOfRole(account.role), () => limitOf(body));
      await requireNotAbove(db, principal, params.id);
      await setAccountSources(db, principal.tenantId, params.id, body);
      return { accountId: params.id, sources: body };
    },
  }),
];
