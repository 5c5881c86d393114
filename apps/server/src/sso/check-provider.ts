import type { ProviderCheck } from '@throughline/model';
import type { AllowList } from '../outbound/allow-list.ts';
import { discover } from './discovery.ts';
import { providerFailure } from './provider-failure.ts';

const MOST_SHOWN = 50;

/**
 * Asks a provider what it is, through the same guard as every sign-in, and says what it found or exactly what failed.
 * Nothing else of its answer is shown.
 *
 * @throws ApiError 400 for an issuer of a refused form.
 */
export async function checkProvider(issuer: string, allow: AllowList): Promise<ProviderCheck> {
  try {
    const found = await discover(issuer, allow);
    const pkce = found.code_challenge_methods_supported?.includes('S256') ?? false;
    return {
      ok: true,
      detail: pkce
        ? 'The provider answers and supports PKCE.'
        : 'The provider answers. It does not say it supports PKCE.',
      found: {
        issuer: found.issuer,
        authorizationEndpoint: found.authorization_endpoint ?? '',
        tokenEndpoint: found.token_endpoint ?? '',
        pkce,
        scopes: shown(found.scopes_supported),
        claims: shown(found.claims_supported),
      },
    };
  } catch (error) {
    const failed = providerFailure(error);
    if (failed === undefined) throw error;
    return { ok: false, detail: failed.sentence, found: null };
  }
}

function shown(list: unknown): string[] {
  return Array.isArray(list)
    ? list.filter((each): each is string => typeof each === 'string').slice(0, MOST_SHOWN)
    : [];
}
