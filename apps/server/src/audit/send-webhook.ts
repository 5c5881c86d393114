import { createHmac } from 'node:crypto';
import type { AuditSend } from '@throughline/store';
import { outboundFetch } from '../outbound/outbound-fetch.ts';
import type { OutboundPolicy } from '../outbound/outbound-request.ts';

/** A webhook that is sent the log; with a secret its calls are signed. */
export type WebhookTarget = { url: string; secret: string | undefined };

/**
 * Posts entries as `{"tenantId", "entries": […]}` through the outbound guard. `x-throughline-signature` is
 * "t=SECONDS,v1=HEX", HEX being HMAC-SHA256 of "SECONDS.BODY"; `idempotency-key` is the same when a batch is sent again.
 */
export function webhookSender({ url, secret }: WebhookTarget, policy: OutboundPolicy, clock: () => Date): AuditSend {
  return async (tenantId, entries) => {
    const body = JSON.stringify({ tenantId, entries });
    const seconds = Math.floor(clock().getTime() / 1000);
    const signature = secret === undefined ? undefined : signatureOf(secret, seconds, body);
    const answer = await outboundFetch(
      {
        url,
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'idempotency-key': `${tenantId}-${entries[0]?.seq}-${entries.at(-1)?.seq}`,
          ...(signature === undefined ? {} : { 'x-throughline-signature': signature }),
        },
        body,
      },
      { ...policy, redirects: 0 },
    );
    if (answer.status < 200 || answer.status > 299) {
      throw new Error(`${new URL(url).host} answered ${answer.status}.`);
    }
  };
}

function signatureOf(secret: string, seconds: number, body: string): string {
  return `t=${seconds},v1=${createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')}`;
}
