import type { CustomFetch } from 'openid-client';
import type { AllowList } from '../outbound/allow-list.ts';
import { outboundFetch } from '../outbound/outbound-fetch.ts';
import type { OutboundRequest } from '../outbound/outbound-request.ts';

/** A provider has this long for each answer, ms: a person waits. */
export const providerTimeoutMs = 5_000;
/** When the library itself gives up, seconds: after the guard, which says which host did not answer. */
export const libraryTimeoutSeconds = providerTimeoutMs / 1000 + 5;
const bodiless = new Set([204, 205, 304]);

/**
 * What the OpenID Connect library fetches with: the outbound guard. Redirects are not followed, since none of a
 * provider's endpoints redirects.
 *
 * @throws OutboundError with the reason.
 */
export function guardedFetch(allow: AllowList): CustomFetch {
  return async (url, { method, headers, body, signal }) => {
    const request: OutboundRequest = {
      url,
      method: method as NonNullable<OutboundRequest['method']>,
      headers,
      ...(body === undefined || body === null ? {} : { body: textOf(body) }),
      ...(signal === undefined ? {} : { signal }),
    };
    const answer = await outboundFetch(request, { allow, redirects: 0, timeoutMs: providerTimeoutMs });
    return new Response(bodiless.has(answer.status) ? null : new Uint8Array(answer.body), {
      status: answer.status,
      headers: answer.headers,
    });
  };
}

function textOf(body: unknown): string {
  if (typeof body === 'string') return body;
  if (body instanceof URLSearchParams) return body.toString();
  throw new TypeError('The library sends forms only.');
}
