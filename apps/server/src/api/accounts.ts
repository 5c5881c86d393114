import { permissionsOfRole } from '@throughline/access';
import { account, accountChange, accountCreate, oneTimeLink } from '@throughline/model';
import { changeAccount, createAccount, createOneTimeLink, listAccounts } from '@throughline/store';
import { z } from 'zod';
import { signInUrl } from '../http/sign-in-url.ts';
import { requireNotAbove, requireOwnRights } from '../scope/own-rights.ts';
import { numericId } from './path-params.ts';
import type { Route } from './route.ts';
import { route } from './route.ts';

/** The schema under its name in the API document. */
export const accountSchema = account.meta({ id: 'Account' });

export const accountRoutes: Route[] = [
  route({
    method: 'get',
    path: '/api/accounts',
    access: 'accounts.read',
    chapter: 'Accounts',
    summary: 'All accounts, by name',
    answer: z.strictObject({ items: z.array(accountSchema) }),
    handle: async ({ db, principal }) => ({ items: await listAccounts(db, principal.tenantId) }),
  }),
  route({
    method: 'post',
    path: '/api/accounts',
    access: 'accounts.manage',
    audit: {
      action: 'account.create',
      atomic: true,
      target: (_, answer) => (answer && 'id' in answer ? { kind: 'account', id: String(answer.id) } : null),
      details: ({ body }) => ({ after: { ...body } }),
    },
    chapter: 'Accounts',
    summary: 'Add an account',
    description: 'It has no password yet: make a one-time link for its owner.',
    body: accountCreate,
    answer: accountSchema,
    status: 201,
    refusals: [409],
    handle: ({ db, principal, body }) => {
      requireOwnRights(principal, permissionsOfRole(body.role));
      return createAccount(db, principal.tenantId, body);
    },
  }),
  route({
    method: 'patch',
    path: '/api/accounts/{id}',
    access: 'accounts.manage',
    audit: { action: 'account.change', target: ({ params }) => ({ kind: 'account', id: String(params.id) }) },
    chapter: 'Accounts',
    summary: 'Change an account’s name, role or state',
    description: 'A disabled account loses its sessions at once and its tokens stop working.',
    params: numericId,
    body: accountChange,
    answer: accountSchema,
    refusals: [409],
    handle: async ({ db, principal, params, body, clock }) => {
      if (body.role !== undefined) requireOwnRights(principal, permissionsOfRole(body.role));
      await requireNotAbove(db, principal, params.id);
      return changeAccount(db, principal.tenantId, params.id, body, clock());
    },
  }),
  route({
    method: 'post',
    path: '/api/accounts/{id}/link',
    access: 'accounts.manage',
    audit: {
      action: 'account.link',
      atomic: true,
      target: ({ params }) => ({ kind: 'account', id: String(params.id) }),
    },
    chapter: 'Accounts',
    summary: 'Make a one-time sign-in link',
    description: 'Good once, for fifteen minutes. It is shown this once.',
    params: numericId,
    answer: oneTimeLink.meta({ id: 'OneTimeLink' }),
    status: 201,
    handle: async ({ db, principal, params, clock, c, settings }) => {
      await requireNotAbove(db, principal, params.id);
      const { secret, expiresAt } = await createOneTimeLink(db, principal.tenantId, params.id, clock());
      const base = settings.publicUrl ?? new URL(c.req.url);
      return { url: signInUrl(base, secret), expiresDateTime: expiresAt.toISOString() };
    },
  }),
];
