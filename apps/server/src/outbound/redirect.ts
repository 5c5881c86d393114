import { OutboundError } from './outbound-error.ts';
import type { OutboundRequest } from './outbound-request.ts';
import { outboundUrl } from './outbound-url.ts';

const redirects: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
// What another origin may see; everything else may be a credential.
const harmless: ReadonlySet<string> = new Set(['accept', 'accept-language', 'user-agent']);

/**
 * The request that an answer redirects to (RFC 9110, 15.4), or undefined when it is no redirect. Another origin gets
 * neither the body nor headers that may be credentials.
 *
 * @throws OutboundError `downgrade` from https to http, `redirectElsewhere` when a body would go to another origin, or
 * what {@link outboundUrl} refuses.
 */
export function redirectOf(
  request: OutboundRequest,
  from: URL,
  status: number,
  location: string | undefined,
): OutboundRequest | undefined {
  if (location === undefined || !redirects.has(status)) return undefined;
  const to = outboundUrl(location, from);
  if (from.protocol === 'https:' && to.protocol === 'http:') {
    throw new OutboundError(
      'downgrade',
      to.hostname,
      `${from.host} redirects to http://${to.host}, without encryption.`,
    );
  }
  const { method = 'GET', body, headers = {}, ...rest } = request;
  const becomesGet = status === 303 ? method !== 'HEAD' : status <= 302 && method === 'POST';
  const elsewhere = to.origin !== from.origin;
  if (elsewhere && !becomesGet && body !== undefined) {
    throw new OutboundError('redirectElsewhere', to.hostname, `${from.host} would have the body sent to ${to.host}.`);
  }
  const kept = Object.entries(headers).filter(([name]) => {
    const lower = name.toLowerCase();
    return (!elsewhere || harmless.has(lower)) && (!becomesGet || !lower.startsWith('content-'));
  });
  return {
    ...rest,
    url: to.href,
    method: becomesGet ? 'GET' : method,
    headers: Object.fromEntries(kept),
    ...(becomesGet || body === undefined ? {} : { body }),
  };
}
