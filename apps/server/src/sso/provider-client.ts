import type { SignInProvider } from '@throughline/model';
import { type Db, openSecret, providerSecretPlace, type SecretKeys } from '@throughline/store';
import {
  allowInsecureRequests,
  type ClientAuth,
  ClientSecretBasic,
  ClientSecretPost,
  Configuration,
  clockSkew,
  customFetch,
  enableNonRepudiationChecks,
  None,
  type ServerMetadata,
} from 'openid-client';
import type { AllowList } from '../outbound/allow-list.ts';
import type { Discoveries } from './discovery.ts';
import { guardedFetch, libraryTimeoutSeconds } from './guarded-fetch.ts';
import { ssoRefusal } from './sso-refusal.ts';

/** What speaking to a provider takes. */
export type ProviderTools = {
  db: Db;
  keys: SecretKeys;
  clock: () => Date;
  discoveries: Discoveries;
  settings: { outbound: AllowList };
};

/**
 * The library's client for one exchange with a provider. Each has a memory of its own, so that the provider's keys are
 * read anew for every sign-in: one that rotated them a second ago works. The ID token's signature is always checked.
 *
 * @throws errors of the library; SecretError.
 */
export async function providerClient(
  { db, keys, clock, discoveries, settings }: ProviderTools,
  tenantId: string,
  provider: SignInProvider,
): Promise<Configuration> {
  const server = await discoveries.find(provider.issuer);
  if (new URL(server.issuer).href !== new URL(provider.issuer).href) {
    throw ssoRefusal('providerWrong', 'The provider calls itself by another issuer.');
  }
  const secret = await openSecret(db, keys, providerSecretPlace(tenantId, provider));
  const skew = Math.round((clock().getTime() - Date.now()) / 1000);
  const client = new Configuration(server, provider.clientId, { [clockSkew]: skew }, authOf(server, secret));
  client[customFetch] = guardedFetch(settings.outbound);
  client.timeout = libraryTimeoutSeconds;
  if (new URL(provider.issuer).protocol === 'http:') allowInsecureRequests(client);
  enableNonRepudiationChecks(client);
  return client;
}

// Without a word of the provider it is Basic (OpenID Connect Discovery 1.0, 3).
function authOf(server: ServerMetadata, secret: string | undefined): ClientAuth {
  if (secret === undefined) return None();
  const methods = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
  return methods.includes('client_secret_basic') || !methods.includes('client_secret_post')
    ? ClientSecretBasic(secret)
    : ClientSecretPost(secret);
}
