import { passkey, passkeyChange, passkeyCreate, passkeyOptions } from '@throughline/model';
import { addPasskey, removePasskey, renamePasskey } from '@throughline/store';
import { numericId } from '../api/path-params.ts';
import { type Route, route } from '../api/route.ts';
import { checkMade, passkeyCreation } from './make-passkey.ts';
import { requireRecentProof } from './recent-proof.ts';

const own = { access: 'person', scoped: true, duringSetUp: true, chapter: 'Sign-in' } as const;
const audit = { action: 'passkey.change' } as const;
const passkeySchema = passkey.meta({ id: 'Passkey' });

export const passkeyRoutes: Route[] = [
  route({
    ...own,
    method: 'post',
    path: '/api/me/passkeys/options',
    audit: { ...audit, details: () => ({ asked: 'passkey' }) },
    summary: 'Begin to make a passkey',
    answer: passkeyOptions,
    refusals: [409],
    handle: (call) => {
      requireRecentProof(call);
      return passkeyCreation(call, call.principal);
    },
  }),
  route({
    ...own,
    method: 'post',
    path: '/api/me/passkeys',
    audit,
    summary: 'Keep the passkey that the browser made',
    body: passkeyCreate,
    answer: passkeySchema,
    status: 201,
    refusals: [409],
    handle: async (call) => {
      requireRecentProof(call);
      const { accountId } = call.principal;
      const made = await checkMade(call, accountId, call.body.passkey, call.body.name);
      return addPasskey(call.db, accountId, made, call.clock());
    },
  }),
  route({
    ...own,
    method: 'patch',
    path: '/api/me/passkeys/{id}',
    audit,
    summary: 'Give a passkey another name',
    params: numericId,
    body: passkeyChange,
    answer: passkeySchema,
    handle: ({ db, principal, params, body }) => renamePasskey(db, principal.accountId, params.id, body.name),
  }),
  route({
    ...own,
    method: 'delete',
    path: '/api/me/passkeys/{id}',
    audit,
    summary: 'Remove a passkey',
    params: numericId,
    handle: (call) => {
      requireRecentProof(call);
      return removePasskey(call.db, call.principal.accountId, call.params.id);
    },
  }),
];
