import type { SessionMethod, SignInAnswer } from '@throughline/model';
import { factorsOf, openPendingSignIn, readSecondFactors } from '@throughline/store';
import { startSession } from '../api/start-session.ts';
import { refuseLocalSignIn } from '../sso/local-sign-in.ts';
import type { PasskeyCall } from './passkey-call.ts';
import { writeShortCookie } from './short-cookie.ts';

/**
 * After the first factor: a session, or for an account that has a second factor the question for it, with five minutes
 * to answer, bound to the browser. A link that the server's own command line made is not asked: whoever made it can read
 * the database, and it is the way back for people who have lost their factors.
 *
 * @throws ApiError 401 when the account was disabled meanwhile; 403 `localSignInOff`, before a factor is asked for.
 */
export async function finishSignIn(call: PasskeyCall, accountId: number, method: SessionMethod): Promise<SignInAnswer> {
  const asked = method === 'localLink' ? [] : factorsOf(await readSecondFactors(call.db, accountId));
  await refuseLocalSignIn(call, accountId, method);
  if (asked.length === 0) return startSession(call, accountId, { method });
  const { secret, expiresAt } = await openPendingSignIn(call.db, accountId, method, call.clock());
  writeShortCookie(call, 'pending', secret);
  return { secondFactor: asked, expiresDateTime: expiresAt.toISOString() };
}
