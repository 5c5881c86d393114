import { defaultTenant, type SessionMethod } from '@throughline/model';
import { accountAccess, appendAudit, localSignInAllowed } from '@throughline/store';
import type { Context } from 'hono';
import type { Services } from '../api/services.ts';
import { requestFacts } from '../audit/request-event.ts';
import { ApiError } from '../http/api-error.ts';
import type { HttpEnv } from '../http/http-env.ts';

type Call = Pick<Services, 'db' | 'clock' | 'settings' | 'log'> & { c: Context<HttpEnv> };

// One-time links are the way back: whoever made one may let people in.
const local: ReadonlySet<SessionMethod> = new Set(['password', 'passkey']);

/**
 * Refuses a way in that the sign-in policy has turned off: asked before anything more is asked of a person.
 *
 * @throws ApiError 403 `localSignInOff`.
 */
export async function refuseLocalSignIn({ db }: Pick<Call, 'db'>, accountId: number, method: SessionMethod) {
  if (local.has(method) && (await localSignInAllowed(db, defaultTenant, accountId)) === 'refused')
    throw localSignInOff();
}

/**
 * Asks the sign-in policy, once somebody has shown who they are without a provider. A break-glass sign-in is told: in
 * the audit log, and as a warning in the server's log.
 *
 * @throws ApiError 403 `localSignInOff`.
 */
export async function requireLocalSignIn(call: Call, accountId: number, method: SessionMethod): Promise<void> {
  if (!local.has(method)) return;
  const { c, db, clock, settings, log } = call;
  const allowed = await localSignInAllowed(db, defaultTenant, accountId);
  if (allowed === 'allowed') return;
  if (allowed === 'refused') throw localSignInOff();
  const name = (await accountAccess(db, defaultTenant, accountId))?.userName ?? '';
  const facts = requestFacts(c, clock(), settings.trustProxy);
  const id = String(accountId);
  await db.transaction().execute((trx) =>
    appendAudit(trx, defaultTenant, [
      {
        ...facts,
        action: 'session.breakGlass',
        actor: { kind: 'person', name, id },
        target: { kind: 'account', id },
        outcome: 'done',
        details: { method },
      },
    ]),
  );
  log.warn({ user: name, address: facts.address, requestId: facts.requestId }, 'sign-in with a break-glass account');
}

function localSignInOff(): ApiError {
  return new ApiError(403, 'localSignInOff', 'Sign-in by password is turned off: sign in through your provider.');
}
