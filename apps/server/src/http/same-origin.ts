import type { HonoRequest } from 'hono';

/**
 * Whether a request may come from our own pages: browsers say where it comes from in `Sec-Fetch-Site` or `Origin`.
 * Programs send neither and pass; they hold no cookies of a person.
 */
export function isSameOrigin(request: HonoRequest, publicUrl?: URL): boolean {
  const site = request.header('sec-fetch-site');
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false;
  const origin = request.header('origin');
  if (origin === undefined) return true;
  try {
    const { host } = new URL(origin);
    return host === request.header('host') || host === publicUrl?.host;
  } catch {
    return false;
  }
}
