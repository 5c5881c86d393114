import type { Principal } from '@throughline/access';
import { type AuditActor, type AuditEvent, defaultTenant } from '@throughline/model';
import type { Context } from 'hono';
import { clientAddress } from '../http/client-address.ts';
import type { HttpEnv } from '../http/http-env.ts';

/** What of an event the request knows. */
export type RequestFacts = Pick<AuditEvent, 'at' | 'address' | 'requestId'>;

/** When, from where and under which id a request came. */
export function requestFacts(c: Context<HttpEnv>, now: Date, trustProxy: boolean): RequestFacts {
  return { at: now, address: clientAddress(c, trustProxy), requestId: c.get('requestId') };
}

/** Who asks: the account of a session, or the token that acts for one. */
export function auditActor(principal: Principal | undefined, tokenId: number | undefined): AuditActor {
  if (principal === undefined) return nobody;
  const { kind, userName, accountId } = principal;
  return kind === 'token'
    ? { kind: 'token', name: userName, id: tokenId === undefined ? null : String(tokenId) }
    : { kind: 'person', name: userName, id: String(accountId) };
}

/** Who has not proved who they are. */
export const nobody: AuditActor = { kind: 'anonymous', name: '', id: null };

/** Whose log an event belongs to. */
export function tenantOf(principal: Principal | undefined): string {
  return principal?.tenantId ?? defaultTenant;
}
