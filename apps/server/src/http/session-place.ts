import type { SessionPlace } from '@throughline/store';
import type { Context } from 'hono';
import { clientAddress } from './client-address.ts';
import type { HttpEnv } from './http-env.ts';

/** From where a request comes, as the list of sessions tells it. */
export function sessionPlace(c: Context<HttpEnv>, trustProxy: boolean): SessionPlace {
  return { address: clientAddress(c, trustProxy), userAgent: c.req.header('user-agent') ?? '' };
}
