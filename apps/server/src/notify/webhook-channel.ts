import { signature, signatureHeader } from '@throughline/notify';
import type { AllowList } from '../outbound/allow-list.ts';
import { OutboundError } from '../outbound/outbound-error.ts';
import { outboundFetch } from '../outbound/outbound-fetch.ts';
import { DeliveryError } from './delivery-error.ts';

export type WebhookCall = { url: string; secret: string; id: string; body: string; now: Date };

/**
 * Calls a webhook: POST of JSON, signed. Resolves once it answered 2xx; redirects are not followed, since they would carry
 * a signed message to where nobody meant it. Throws DeliveryError.
 */
export async function callWebhook({ url, secret, id, body, now }: WebhookCall, allow: AllowList): Promise<void> {
  const headers = {
    'content-type': 'application/json',
    'user-agent': 'Throughline',
    'idempotency-key': id,
    [signatureHeader]: signature(secret, body, now.getTime()),
  };
  await call(url, headers, body, allow);
}

/**
 * Posts to a chat's webhook. The address is the secret: no words of a failure hold more of it than the host. Throws
 * DeliveryError.
 */
export async function callChat({ url, body }: { url: string; body: string }, allow: AllowList): Promise<void> {
  await call(url, { 'content-type': 'application/json', 'user-agent': 'Throughline' }, body, allow);
}

async function call(url: string, headers: Record<string, string>, body: string, allow: AllowList): Promise<void> {
  const policy = { allow, timeoutMs: 10_000, responseBytes: 64 << 10, redirects: 0 };
  const { status } = await outboundFetch({ url, method: 'POST', headers, body }, policy).catch((error) => {
    if (!(error instanceof OutboundError)) throw error;
    throw new DeliveryError(error.passing ? 'way' : 'message', error.message, error);
  });
  if (status >= 200 && status < 300) return;
  const words = `The webhook answered ${status}.`;
  if (status >= 500) throw new DeliveryError('way', words);
  throw new DeliveryError([408, 425, 429].includes(status) ? 'later' : 'message', words);
}
