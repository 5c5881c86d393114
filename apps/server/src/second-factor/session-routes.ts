import { type Session, secondFactorState, session } from '@throughline/model';
import {
  accountAccess,
  listSessions,
  type OpenSession,
  readSecondFactors,
  resetSecondFactors,
  revokeSession,
  revokeSessions,
} from '@throughline/store';
import { z } from 'zod';
import { numericId } from '../api/path-params.ts';
import { type Route, route } from '../api/route.ts';
import { found } from '../http/api-error.ts';
import { requireNotAbove } from '../scope/own-rights.ts';
import { browserWords } from './browser-words.ts';
import { requireRecentProof, sessionOf } from './recent-proof.ts';

const own = { access: 'person', scoped: true, chapter: 'Sign-in' } as const;
const others = { access: 'accounts.manage', chapter: 'Accounts', params: numericId } as const;
const sessionList = z.strictObject({ items: z.array(session.meta({ id: 'Session' })) });
const ended = z.strictObject({ ended: z.int() });
const audit = { action: 'session.revoke' } as const;

export const ownSessionRoutes: Route[] = [
  route({
    ...own,
    method: 'get',
    path: '/api/me/sessions',
    summary: 'The browsers that are signed in, last used first',
    answer: sessionList,
    handle: async (call) => {
      const { sessionId } = sessionOf(call);
      const items = await listSessions(call.db, call.principal, call.clock());
      return { items: items.map((item) => told(item, sessionId)) };
    },
  }),
  route({
    ...own,
    method: 'delete',
    path: '/api/me/sessions/{id}',
    audit,
    summary: 'Sign one browser out',
    params: numericId,
    handle: ({ db, principal, params }) => revokeSession(db, principal, params.id),
  }),
  route({
    ...own,
    method: 'delete',
    path: '/api/me/sessions',
    audit,
    summary: 'Sign all other browsers out',
    answer: ended,
    handle: async (call) => ({ ended: await revokeSessions(call.db, call.principal, sessionOf(call).sessionId) }),
  }),
];

export const accountSessionRoutes: Route[] = [
  route({
    ...others,
    method: 'get',
    path: '/api/accounts/{id}/sessions',
    summary: 'The sessions of an account, last used first',
    answer: sessionList,
    handle: async ({ db, principal, params, clock, c }) => {
      await requireNotAbove(db, principal, params.id);
      const items = await listSessions(db, { tenantId: principal.tenantId, accountId: params.id }, clock());
      return { items: items.map((item) => told(item, c.get('session')?.sessionId)) };
    },
  }),
  route({
    ...others,
    method: 'delete',
    path: '/api/accounts/{id}/sessions',
    audit,
    summary: 'End the sessions of an account',
    answer: ended,
    handle: async ({ db, principal, params, c }) => {
      await requireNotAbove(db, principal, params.id);
      const owner = { tenantId: principal.tenantId, accountId: params.id };
      const keep = principal.accountId === params.id ? c.get('session')?.sessionId : undefined;
      return { ended: await revokeSessions(db, owner, keep) };
    },
  }),
  route({
    ...others,
    method: 'delete',
    path: '/api/accounts/{id}/sessions/{sessionId}',
    audit,
    summary: 'End one session of an account',
    params: numericId.extend({ sessionId: numericId.shape.id }),
    handle: async ({ db, principal, params }) => {
      await requireNotAbove(db, principal, params.id);
      await revokeSession(db, { tenantId: principal.tenantId, accountId: params.id }, params.sessionId);
    },
  }),
  route({
    ...others,
    method: 'get',
    path: '/api/accounts/{id}/second-factors',
    summary: 'Which second factors an account has',
    answer: secondFactorState.meta({ id: 'SecondFactorState' }),
    handle: async ({ db, principal, params }) => {
      found(await accountAccess(db, principal.tenantId, params.id), 'account');
      await requireNotAbove(db, principal, params.id);
      return readSecondFactors(db, params.id);
    },
  }),
  route({
    ...others,
    method: 'delete',
    path: '/api/accounts/{id}/second-factors',
    audit: {
      action: 'secondFactor.reset',
      target: ({ params }) => ({ kind: 'account', id: String(params.id) }),
    },
    summary: 'Take all second factors of an account away',
    description: 'For somebody who lost them. Their sessions end too.',
    handle: async (call) => {
      const { db, principal, params } = call;
      if (principal.kind === 'session') requireRecentProof(call);
      await requireNotAbove(db, principal, params.id);
      await resetSecondFactors(db, { tenantId: principal.tenantId, accountId: params.id });
    },
  }),
];

function told({ userAgent, ...rest }: OpenSession, current: number | undefined): Session {
  return { ...rest, browser: browserWords(userAgent), current: rest.id === current };
}
