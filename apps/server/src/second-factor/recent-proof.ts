import { proofMs } from '@throughline/model';
import type { Context } from 'hono';
import { ApiError } from '../http/api-error.ts';
import type { HttpEnv, SessionOfRequest } from '../http/http-env.ts';

/** The session of a request. Throws ApiError 401 when there is none, which the guard lets nobody reach. */
export function sessionOf({ c }: { c: Context<HttpEnv> }): SessionOfRequest {
  const session = c.get('session');
  if (session === undefined) throw new ApiError(401, 'signInRequired', 'Sign in first.');
  return session;
}

/**
 * Refuses a sensitive change when the person has shown nothing for ten minutes: a browser that was left open must not
 * be enough to take an account over. `POST /api/me/confirm` and any sign-in count as showing.
 *
 * @throws ApiError 403 `confirmationRequired`.
 */
export function requireRecentProof(call: { c: Context<HttpEnv>; clock: () => Date }): void {
  const age = call.clock().getTime() - Date.parse(sessionOf(call).provedDateTime);
  if (age <= proofMs) return;
  throw new ApiError(403, 'confirmationRequired', 'Confirm that it is you: show your password or a second factor.');
}
