import { Secret, TOTP } from 'otpauth';

const PERIOD_SECONDS = 30;
// Clocks of telephones and servers differ by some seconds: one step before and after counts (RFC 6238, 5.2).
const WINDOW = 1;

/** A new key for an authenticator app: 160 random bits as base32, and the `otpauth:` address for its QR code. */
export function newTotpKey(userName: string): { secret: string; uri: string } {
  const totp = new TOTP({ issuer: 'Throughline', label: userName, secret: new Secret({ size: 20 }) });
  return { secret: totp.secret.base32, uri: totp.toString() };
}

/**
 * The time step of a code (RFC 6238: SHA-1, six figures, 30 s); undefined when it is not one of now. `secret` is base32.
 * Spaces do not count.
 */
export function totpStep(secret: string, code: string, now: Date): number | undefined {
  const token = code.replace(/\s/g, '');
  if (!/^\d{6}$/.test(token)) return undefined;
  const timestamp = now.getTime();
  const delta = TOTP.validate({ token, secret: Secret.fromBase32(secret), timestamp, window: WINDOW });
  return delta === null ? undefined : TOTP.counter({ timestamp, period: PERIOD_SECONDS }) + delta;
}
