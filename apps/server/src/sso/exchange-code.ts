import type { SignInProvider } from '@throughline/model';
import type { Arrival, ReturnedFlow } from '@throughline/store';
import { authorizationCodeGrant, fetchUserInfo } from 'openid-client';
import { arrivalOf, lacksClaims } from './claims.ts';
import { type ProviderTools, providerClient } from './provider-client.ts';
import { providerFailure } from './provider-failure.ts';
import { ssoRefusal } from './sso-refusal.ts';

/**
 * Trades the code that a browser brought back for a verified ID token, and reads who came. Claims that the token lacks
 * are asked of the provider's user info, which must be of the same subject.
 *
 * @throws ApiError with a code of `ssoFailures`.
 */
export async function exchangeCode(
  tools: ProviderTools,
  provider: SignInProvider,
  flow: ReturnedFlow,
  answer: string,
): Promise<Arrival> {
  try {
    const client = await providerClient(tools, flow.tenantId, provider);
    const url = new URL(flow.redirectUri);
    url.search = answer;
    const tokens = await authorizationCodeGrant(client, url, {
      expectedState: flow.state,
      expectedNonce: flow.nonce,
      pkceCodeVerifier: flow.codeVerifier,
      idTokenExpected: true,
    });
    const claims = tokens.claims();
    if (claims === undefined) throw ssoRefusal('answerNotValid', 'There is no ID token.');
    const more =
      lacksClaims(claims, provider) && client.serverMetadata().userinfo_endpoint !== undefined
        ? await fetchUserInfo(client, tokens.access_token, claims.sub)
        : {};
    return arrivalOf({ ...more, ...claims }, provider);
  } catch (error) {
    const failed = providerFailure(error);
    if (failed === undefined) throw error;
    throw ssoRefusal(failed.failure, failed.sentence);
  }
}
