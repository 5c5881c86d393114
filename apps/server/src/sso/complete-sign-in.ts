import { type AuditActor, defaultTenant, type SignInProvider } from '@throughline/model';
import { admit, findSession, linkIdentity, type ReturnedFlow, requireProvider, takeFlow } from '@throughline/store';
import type { Context } from 'hono';
import type { Services } from '../api/services.ts';
import { startSession } from '../api/start-session.ts';
import { nobody } from '../audit/request-event.ts';
import type { RouteAudit } from '../audit/route-audit.ts';
import { runAudited } from '../audit/run-audited.ts';
import { ApiError } from '../http/api-error.ts';
import type { HttpEnv } from '../http/http-env.ts';
import { isHttps, readSessionCookie } from '../http/session-cookie.ts';
import { exchangeCode } from './exchange-code.ts';
import { takeFlowCookie } from './flow-cookie.ts';
import { toldAs } from './sso-audit.ts';
import { ssoRefusal } from './sso-refusal.ts';

type Call = Services & { c: Context<HttpEnv>; principal: undefined };
/** A person back from a provider, with what was remembered of them. */
type Return = Call & { flow: ReturnedFlow; provider: SignInProvider };

/**
 * Ends a sign-in, or the linking of an account, that came back from a provider. Returns the local path to go on to; what
 * failed is in the audit log, and in the path as `sso`.
 */
export async function completeSignIn(call: Call): Promise<string> {
  const { c, db, clock, settings } = call;
  const secret = takeFlowCookie(c, isHttps(settings.publicUrl));
  const flow = secret === undefined ? undefined : await takeFlow(db, secret, clock());
  const action = flow?.link === undefined ? 'session.sso' : 'identity.link';
  const audit: RouteAudit<Call, string> = {
    action,
    actor: () => (flow?.link === undefined ? nobody : sessionActor(call)),
    details: () => (flow === undefined ? {} : { provider: flow.providerId }),
  };
  try {
    return await runAudited(audit, call, call.auditLog, async (audited) => {
      if (flow === undefined) throw ssoRefusal('expired');
      const provider = await requireProvider(db, flow.tenantId, flow.providerId);
      if (!provider.enabled) throw ssoRefusal('providerOff');
      const back = { ...audited, flow, provider };
      return flow.link === undefined ? enter(back, db) : link(back, flow.link);
    });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    call.log.warn({ code: error.code, provider: flow?.providerId }, `sign-in through a provider: ${error.message}`);
    return flow?.link === undefined
      ? signInPath(error.code, flow?.returnPath)
      : withParam(flow.returnPath, 'sso', error.code);
  }
}

/** The sign-in page with a word about what failed. */
export function signInPath(failure: string, returnPath?: string): string {
  const path = withParam('/sign-in', 'sso', failure);
  return returnPath === undefined ? path : withParam(path, 'return', returnPath);
}

async function enter(back: Return, plainDb: Return['db']): Promise<string> {
  const { flow, provider, clock } = back;
  const arrival = await exchangeCode(back, provider, flow, answerOf(back.c));
  const byProvider: AuditActor = { kind: 'system', name: provider.name, id: String(provider.id) };
  const db = toldAs('account.sso', byProvider, { ...back, db: plainDb, tenantId: flow.tenantId });
  const admission = await admit(db, flow.tenantId, provider, arrival, clock());
  if ('failure' in admission) throw ssoRefusal(admission.failure);
  await startSession(back, admission.accountId, { method: 'sso' });
  return flow.returnPath;
}

async function link(back: Return, { accountId, isSession }: NonNullable<ReturnedFlow['link']>): Promise<string> {
  const { c, db, flow, provider, clock, settings } = back;
  const secret = readSessionCookie(c, isHttps(settings.publicUrl));
  const session = secret !== undefined && isSession(secret) ? await findSession(db, secret, clock()) : undefined;
  if (session?.accountId !== accountId) throw ssoRefusal('linkSession');
  const arrival = await exchangeCode(back, provider, flow, answerOf(c));
  const done = await linkIdentity(db, flow.tenantId, provider, accountId, arrival, clock());
  if ('failure' in done) throw ssoRefusal(done.failure);
  return flow.returnPath;
}

// Whoever asked to link is signed in; at the provider nobody is.
async function sessionActor({ c, db, clock, settings }: Call): Promise<AuditActor> {
  const secret = readSessionCookie(c, isHttps(settings.publicUrl));
  const session = secret === undefined ? undefined : await findSession(db, secret, clock());
  return session === undefined ? nobody : { kind: 'person', name: session.userName, id: String(session.accountId) };
}

function answerOf(c: Context<HttpEnv>): string {
  return new URL(c.req.url).search;
}

function withParam(path: string, name: string, value: string): string {
  const url = new URL(path, 'https://throughline.invalid');
  url.searchParams.set(name, value);
  return url.pathname + url.search + url.hash;
}

/** Whose providers a browser without a session is offered. */
export const signInTenant = defaultTenant;
