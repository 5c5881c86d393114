import type { SignInProvider } from '@throughline/model';
import { startFlow } from '@throughline/store';
import type { Context } from 'hono';
import {
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client';
import type { Services } from '../api/services.ts';
import type { HttpEnv } from '../http/http-env.ts';
import { isHttps } from '../http/session-cookie.ts';
import { writeFlowCookie } from './flow-cookie.ts';
import { providerClient } from './provider-client.ts';
import { providerFailure } from './provider-failure.ts';
import { localReturnPath } from './return-path.ts';
import { ssoRefusal } from './sso-refusal.ts';

/** The address that providers send people back to, to be registered with them. */
export function redirectUri(c: Context<HttpEnv>, publicUrl: URL | undefined): string {
  return new URL('/api/sign-in/sso/callback', publicUrl ?? c.req.url).href;
}

/**
 * Begins a sign-in: remembers state, nonce and code verifier (RFC 7636, S256) and binds them to the browser. Returns the
 * provider's address to go to.
 *
 * @throws ApiError with a code of `ssoFailures`.
 */
export async function beginSignIn(
  call: Services & { c: Context<HttpEnv> },
  tenantId: string,
  provider: SignInProvider,
  { asked, link }: { asked: string | undefined; link?: { accountId: number; session: string } },
): Promise<URL> {
  const { c, db, clock, settings } = call;
  if (!provider.enabled) throw ssoRefusal('providerOff');
  const flow = {
    tenantId,
    providerId: provider.id,
    state: randomState(),
    nonce: randomNonce(),
    codeVerifier: randomPKCECodeVerifier(),
    redirectUri: redirectUri(c, settings.publicUrl),
    returnPath: localReturnPath(asked),
    link,
  };
  const address = await buildAddress(call, tenantId, provider, flow);
  writeFlowCookie(c, await startFlow(db, flow, clock()), isHttps(settings.publicUrl));
  return address;
}

async function buildAddress(
  call: Services,
  tenantId: string,
  provider: SignInProvider,
  {
    state,
    nonce,
    codeVerifier,
    redirectUri,
  }: { state: string; nonce: string; codeVerifier: string; redirectUri: string },
): Promise<URL> {
  try {
    return buildAuthorizationUrl(await providerClient(call, tenantId, provider), {
      redirect_uri: redirectUri,
      scope: provider.scopes,
      state,
      nonce,
      code_challenge: await calculatePKCECodeChallenge(codeVerifier),
      code_challenge_method: 'S256',
    });
  } catch (error) {
    const failed = providerFailure(error);
    if (failed === undefined) throw error;
    throw ssoRefusal(failed.failure, failed.sentence);
  }
}
