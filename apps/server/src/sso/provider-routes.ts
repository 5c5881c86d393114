import {
  providerCheck,
  providerCheckBody,
  signInMappings,
  signInProvider,
  signInProviderBody,
  signInProviderChange,
} from '@throughline/model';
import {
  changeProvider,
  createProvider,
  deleteProvider,
  listMappings,
  listProviders,
  setMappings,
} from '@throughline/store';
import { z } from 'zod';
import { numericId } from '../api/path-params.ts';
import type { Route } from '../api/route.ts';
import { route } from '../api/route.ts';
import { redirectUri } from './begin-sign-in.ts';
import { checkProvider } from './check-provider.ts';
import { issuerUrl } from './issuer-url.ts';
import { requireRightsOfMappings, requireRightsOfProvider } from './mapping-rights.ts';
import { refusing } from './refuse.ts';

const chapter = 'Sign-in';
const provider = signInProvider.meta({ id: 'SignInProvider' });
const mappings = signInMappings.meta({ id: 'SignInMappings' });
const target = ({ params }: { params: { id: number } }) => ({ kind: 'signInProvider', id: String(params.id) });

export const providerRoutes: Route[] = [
  route({
    method: 'get',
    path: '/api/sign-in/providers',
    access: 'access.read',
    chapter,
    summary: 'The sign-in providers, and the redirect address to register with them',
    description: 'Client secrets are never shown.',
    answer: z.strictObject({ items: z.array(provider), redirectUri: z.string() }),
    handle: async ({ db, principal, c, settings }) => ({
      items: await listProviders(db, principal.tenantId),
      redirectUri: redirectUri(c, settings.publicUrl),
    }),
  }),
  route({
    method: 'post',
    path: '/api/sign-in/providers',
    access: 'access.manage',
    audit: { action: 'signIn.change' },
    chapter,
    summary: 'Add a sign-in provider',
    body: signInProviderBody,
    answer: provider,
    status: 201,
    refusals: [409],
    handle: ({ db, principal, body, clock, keys }) => {
      issuerUrl(body.issuer);
      const who = { tenantId: principal.tenantId, by: principal.userName, now: clock(), keys };
      return refusing(() => createProvider(db, who, body));
    },
  }),
  route({
    method: 'post',
    path: '/api/sign-in/providers/check',
    access: 'access.manage',
    audit: { action: 'signIn.check', details: ({ body }) => ({ issuer: body.issuer }) },
    chapter,
    summary: 'Ask a provider what it is, and say what failed',
    body: providerCheckBody,
    answer: providerCheck.meta({ id: 'ProviderCheck' }),
    handle: ({ body, settings }) => checkProvider(body.issuer, settings.outbound),
  }),
  route({
    method: 'patch',
    path: '/api/sign-in/providers/{id}',
    access: 'access.manage',
    audit: { action: 'signIn.change', target },
    chapter,
    summary: 'Change the given fields of a sign-in provider',
    description: 'A secret that is left out stays, unless the issuer’s host changes: then it is wiped.',
    params: numericId,
    body: signInProviderChange,
    answer: provider,
    refusals: [409],
    handle: ({ db, principal, params, body, clock, keys }) =>
      refusing(async () => {
        if (body.issuer !== undefined) issuerUrl(body.issuer);
        await requireRightsOfProvider(db, principal, params.id);
        const who = { tenantId: principal.tenantId, by: principal.userName, now: clock(), keys };
        return changeProvider(db, who, params.id, body);
      }),
  }),
  route({
    method: 'delete',
    path: '/api/sign-in/providers/{id}',
    access: 'access.manage',
    audit: { action: 'signIn.change', target },
    chapter,
    summary: 'Remove a sign-in provider with its secret, mappings and links',
    description: 'What its claims gave goes too, but for groups of people with device groups.',
    params: numericId,
    refusals: [409],
    handle: ({ db, principal, params }) =>
      refusing(async () => {
        await requireRightsOfProvider(db, principal, params.id);
        await deleteProvider(db, principal.tenantId, params.id);
      }),
  }),
  route({
    method: 'get',
    path: '/api/sign-in/providers/{id}/mappings',
    access: 'access.read',
    chapter,
    summary: 'What the values of a provider’s groups claim give',
    params: numericId,
    answer: mappings,
    handle: ({ db, principal, params }) =>
      refusing(async () => ({ items: await listMappings(db, principal.tenantId, params.id) })),
  }),
  route({
    method: 'post',
    path: '/api/sign-in/providers/{id}/mappings',
    access: 'access.manage',
    audit: { action: 'signIn.change', target },
    chapter,
    summary: 'Set what the values of a provider’s groups claim give',
    description: 'Exactly these; they hold from everybody’s next sign-in.',
    params: numericId,
    body: signInMappings,
    answer: mappings,
    handle: ({ db, principal, params, body, clock }) =>
      refusing(async () => {
        await requireRightsOfProvider(db, principal, params.id);
        await requireRightsOfMappings(db, principal, body.items);
        const { tenantId, userName } = principal;
        return { items: await setMappings(db, tenantId, params.id, body.items, { by: userName, now: clock() }) };
      }),
  }),
];
