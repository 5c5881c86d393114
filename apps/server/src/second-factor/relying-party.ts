import { isIP } from 'node:net';
import type { Context } from 'hono';
import { ApiError } from '../http/api-error.ts';
import type { Settings } from '../settings.ts';

/** Under which name passkeys are made and used: the host name and the origin that browsers must tell. */
export type RelyingParty = { id: string; origin: string };

type Place = { c: Context; settings: Pick<Settings, 'host' | 'publicUrl'> };

/** {@link relyingParty}, or the words for why there is none under this address. */
export function findRelyingParty({ c, settings }: Place): RelyingParty | string {
  const url = trustedAddress(c, settings);
  if (url === undefined) {
    return 'Passkeys need the address of this server: set THROUGHLINE_PUBLIC_URL.';
  }
  // An identifier must be a domain (WebAuthn level 3, 5.1.3), and browsers ask for https except on localhost.
  if (isIP(url.hostname.replace(/^\[|\]$/g, '')) !== 0) {
    const local = `http://localhost${url.port === '' ? '' : `:${url.port}`}`;
    return `Passkeys need a host name, not a network address. On this machine open ${local}; elsewhere set THROUGHLINE_PUBLIC_URL.`;
  }
  if (url.protocol !== 'https:' && url.hostname !== 'localhost') return 'Passkeys need an https address.';
  return { id: url.hostname, origin: url.origin };
}

/** Who asks for passkeys. Throws ApiError 409 `passkeysRefused` under an address that cannot have them. */
export function relyingParty(place: Place): RelyingParty {
  const party = findRelyingParty(place);
  if (typeof party === 'string') throw new ApiError(409, 'passkeysRefused', party);
  return party;
}

// Without a public URL only a loopback server knows its names: `trustedHost` has checked the one that was asked.
function trustedAddress(c: Context, { host, publicUrl }: Pick<Settings, 'host' | 'publicUrl'>): URL | undefined {
  if (publicUrl !== undefined) return publicUrl;
  const loopback = ['localhost', '127.0.0.1', '::1'].includes(host);
  const asked = `http://${c.req.header('host') ?? ''}`;
  return loopback && URL.canParse(asked) ? new URL(asked) : undefined;
}
