import type { Context } from 'hono';
import type { HttpEnv } from './http-env.ts';

/** The address a request comes from; the last hop's `X-Forwarded-For` entry where a proxy is trusted. */
export function clientAddress(c: Context<HttpEnv>, trustProxy: boolean): string {
  const forwarded = trustProxy ? c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim() : undefined;
  return forwarded || c.get('peerAddress') || 'unknown';
}
