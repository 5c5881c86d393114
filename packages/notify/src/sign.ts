import { createHmac } from 'node:crypto';

/** Header that carries time and signature. */
export const signatureHeader = 'x-throughline-signature';

/**
 * Signs a webhook body: `t=SECONDS,v1=HEX` with HMAC-SHA256 over `SECONDS.BODY`. A receiver computes the same and refuses
 * old times, so that a recorded request cannot be played again. `at` is ms UTC.
 */
export function signature(secret: string, body: string, at: number): string {
  const seconds = Math.floor(at / 1000);
  return `t=${seconds},v1=${createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')}`;
}
