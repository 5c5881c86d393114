import { sourcesFor } from '@throughline/access';
import type { Me } from '@throughline/model';
import { findSession, openSession, type SessionBeginning } from '@throughline/store';
import type { Context } from 'hono';
import { ApiError } from '../http/api-error.ts';
import { sessionOfRequest } from '../http/guard.ts';
import type { HttpEnv } from '../http/http-env.ts';
import { isHttps, readSessionCookie, writeSessionCookie } from '../http/session-cookie.ts';
import { sessionPlace } from '../http/session-place.ts';
import { requireLocalSignIn } from '../sso/local-sign-in.ts';
import { meOf } from './me.ts';
import type { Services } from './services.ts';

/**
 * Opens a session for an account that has shown who it is, and hands it to the browser. Always a new secret, and the one
 * the browser came with ends: a session that somebody planted is worth nothing. Asks for no second factor: who has not
 * asked yet calls `finishSignIn`.
 *
 * @throws ApiError 401 when the account was disabled meanwhile; 403 `localSignInOff` where only providers let people in.
 */
export async function startSession(
  call: Pick<Services, 'db' | 'clock' | 'settings' | 'log'> & { c: Context<HttpEnv> },
  accountId: number,
  beginning: SessionBeginning = { method: 'password' },
): Promise<Me> {
  const { db, clock, settings, c } = call;
  await requireLocalSignIn(call, accountId, beginning.method);
  const https = isHttps(settings.publicUrl);
  const place = sessionPlace(c, settings.trustProxy);
  const session = await openSession(db, accountId, clock(), readSessionCookie(c, https), beginning, place);
  const owner = await findSession(db, session.secret, clock());
  if (owner === undefined) throw new ApiError(401, 'signInRequired', 'This account can no longer sign in.');
  writeSessionCookie(c, session, https);
  return meOf(
    { kind: 'session', ...owner, sources: sourcesFor(owner, 'incidents.read') },
    sessionOfRequest(session.secret, owner),
  );
}
