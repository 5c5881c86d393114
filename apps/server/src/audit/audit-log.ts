import type { Principal } from '@throughline/access';
import { type Db, noteTokenAddress } from '@throughline/store';
import type { Context } from 'hono';
import type { Logger } from 'pino';
import type { HttpEnv } from '../http/http-env.ts';
import type { Settings } from '../settings.ts';
import { refusalPace } from './refusal-pace.ts';
import { auditActor, requestFacts } from './request-event.ts';
import { startUseSums, type UseSums } from './use-sums.ts';

/** What of a call auditing needs. */
export type AuditedCall = {
  c: Context<HttpEnv>;
  db: Db;
  clock: () => Date;
  settings: Pick<Settings, 'trustProxy'>;
  principal: Principal | undefined;
  log: Logger;
};

/** What auditing remembers between requests. */
export type AuditLog = {
  sums: UseSums;
  /** Whether a refusal is the first of its kind in its minute. */
  isFirst: (key: string, now: Date) => boolean;
  /** Notes the address a token is used from. */
  noteToken(call: AuditedCall): Promise<void>;
};

const MOST_REMEMBERED = 50_000;

/** Makes it; `sums` is to be stopped. */
export function startAuditLog(options: { db: Db; clock: () => Date; log: Logger }): AuditLog {
  const known = new Set<string>();
  return {
    sums: startUseSums(options),
    isFirst: refusalPace(),
    async noteToken({ c, db, clock, settings, principal }) {
      const tokenId = c.get('tokenId');
      if (tokenId === undefined || principal?.kind !== 'token') return;
      const facts = requestFacts(c, clock(), settings.trustProxy);
      const address = facts.address ?? '';
      const key = `${tokenId} ${address}`;
      if (known.has(key)) return;
      await noteTokenAddress(db, principal.tenantId, { tokenId, address, at: facts.at }, () => ({
        ...facts,
        action: 'token.newAddress',
        actor: auditActor(principal, tokenId),
        target: { kind: 'token', id: String(tokenId) },
        outcome: 'done',
        details: { token: principal.tokenName },
      }));
      if (known.size >= MOST_REMEMBERED) known.clear();
      known.add(key);
    },
  };
}
