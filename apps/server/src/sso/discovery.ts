import { allowInsecureRequests, customFetch, discovery, None, type ServerMetadata } from 'openid-client';
import type { AllowList } from '../outbound/allow-list.ts';
import { guardedFetch, libraryTimeoutSeconds } from './guarded-fetch.ts';
import { issuerUrl } from './issuer-url.ts';

/** What discovery found is believed for this long, ms. */
export const discoveryMs = 10 * 60_000;
const MOST_REMEMBERED = 100;

/** What providers say of themselves, remembered for a while. */
export type Discoveries = {
  /** Asks the provider unless it was asked lately. Throws errors of the library, with an OutboundError as cause. */
  find(issuer: string): Promise<ServerMetadata>;
};

/** Asks a provider what it is (OpenID Connect Discovery 1.0). Refuses one that calls itself by another issuer. */
export async function discover(issuer: string, allow: AllowList): Promise<ServerMetadata> {
  const url = issuerUrl(issuer);
  const found = await discovery(url, 'discovery', undefined, None(), {
    [customFetch]: guardedFetch(allow),
    timeout: libraryTimeoutSeconds,
    execute: url.protocol === 'http:' ? [allowInsecureRequests] : [],
  });
  return structuredClone({ ...found.serverMetadata() });
}

/** Remembers discoveries; failures are not remembered. */
export function discoveries(allow: AllowList, clock: () => Date): Discoveries {
  const known = new Map<string, { found: ServerMetadata; until: number }>();
  return {
    async find(issuer) {
      const now = clock().getTime();
      const remembered = known.get(issuer);
      if (remembered !== undefined && remembered.until > now) return remembered.found;
      const found = await discover(issuer, allow);
      if (known.size >= MOST_REMEMBERED) known.clear();
      known.set(issuer, { found, until: now + discoveryMs });
      return found;
    },
  };
}
