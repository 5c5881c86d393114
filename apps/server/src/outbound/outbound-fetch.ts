import { OutboundError } from './outbound-error.ts';
import type { OutboundAnswer, OutboundPolicy, OutboundRequest } from './outbound-request.ts';
import { outboundUrl } from './outbound-url.ts';
import { redirectOf } from './redirect.ts';
import { resolveHost } from './resolve-host.ts';
import { sendPinned } from './send-pinned.ts';

/**
 * The one way out to other servers. Resolves the name itself, refuses addresses that are not public unless allowed,
 * connects to the very address that was checked, and checks every redirect again. Proxy settings of the environment are
 * not used: a proxy would resolve the name anew.
 *
 * An answer of any status is an answer.
 *
 * @throws OutboundError with the reason.
 */
export async function outboundFetch(request: OutboundRequest, policy: OutboundPolicy): Promise<OutboundAnswer> {
  const { timeoutMs = 10_000, redirects = 3 } = policy;
  const firstHost = outboundUrl(request.url).hostname;
  const late = AbortSignal.timeout(timeoutMs);
  const signal = request.signal === undefined ? late : AbortSignal.any([late, request.signal]);
  try {
    return await followed({ ...request, signal }, policy, redirects);
  } catch (error) {
    if (error instanceof OutboundError && error.reason !== 'stopped') throw error;
    const host = error instanceof OutboundError ? error.host : firstHost;
    if (late.aborted) throw new OutboundError('timeout', host, `${host} did not answer within ${timeoutMs} ms.`);
    if (signal.aborted) throw new OutboundError('stopped', host, `The request to ${host} was stopped.`);
    throw error;
  }
}

async function followed(
  request: OutboundRequest & { signal: AbortSignal },
  policy: OutboundPolicy,
  left: number,
): Promise<OutboundAnswer> {
  const url = outboundUrl(request.url);
  const addresses = await beforeAbort(resolveHost(url.hostname, policy.allow, policy.resolve), request.signal, url);
  const answer = await sendPinned(request, url, addresses, policy);
  const next = redirectOf(request, url, answer.status, answer.headers.location);
  if (next === undefined) return answer;
  if (left === 0) {
    throw new OutboundError('tooManyRedirects', url.hostname, `${url.host} redirects more often than is allowed.`);
  }
  return followed({ ...next, signal: request.signal }, policy, left - 1);
}

// A resolver cannot be stopped; its answer is no longer waited for.
function beforeAbort<T>(work: Promise<T>, signal: AbortSignal, url: URL): Promise<T> {
  const stopped = new OutboundError('stopped', url.hostname, 'stopped');
  if (signal.aborted) return Promise.reject(stopped);
  return new Promise((done, failed) => {
    const stop = () => failed(stopped);
    signal.addEventListener('abort', stop, { once: true });
    work.then(done, failed).finally(() => signal.removeEventListener('abort', stop));
  });
}
