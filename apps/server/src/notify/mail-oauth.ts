import type { MailOauth } from '@throughline/model';
import type { AllowList } from '../outbound/allow-list.ts';
import { OutboundError } from '../outbound/outbound-error.ts';
import { outboundFetch } from '../outbound/outbound-fetch.ts';
import { DeliveryError } from './delivery-error.ts';

/** What an access token is asked for with. */
export type OauthAccess = {
  oauth: MailOauth;
  clientSecret: string;
  /** null with client credentials. */
  refreshToken: string | null;
  /** Providers may give a new refresh token, and then refuse the old one. */
  keepRefreshToken: (token: string) => Promise<void>;
};

export type OauthOptions = { allow: AllowList; ca?: string | undefined; clock: () => Date };

/** An access token, and the ms UTC until which it is used. */
export type AccessToken = { token: string; until: number };

/** A token is renewed this long before it expires, ms: a mail takes its time. */
const early = 120_000;
const usualLife = 3_600_000;

/** Access tokens for a mail server: kept until shortly before they expire; `renew` asks for another at once. */
export function mailTokens(access: OauthAccess, options: OauthOptions): (renew: boolean) => Promise<AccessToken> {
  let held: AccessToken | undefined;
  let asking: Promise<AccessToken> | undefined;
  let { refreshToken } = access;
  const ask = async () => {
    const { refreshToken: next, ...fresh } = await requestToken({ ...access, refreshToken }, options);
    held = fresh;
    if (next !== undefined && next !== refreshToken) {
      refreshToken = next;
      await access.keepRefreshToken(next);
    }
    return fresh;
  };
  return async (renew) => {
    if (!renew && held !== undefined && held.until > options.clock().getTime()) return held;
    // Connections that sign in at once share one answer.
    asking ??= ask().finally(() => {
      asking = undefined;
    });
    return asking;
  };
}

/** Asks the token endpoint (RFC 6749, 4.4 and 6). Throws DeliveryError `way`, in whose words no secret is. */
async function requestToken(
  { oauth, clientSecret, refreshToken }: OauthAccess,
  { allow, ca, clock }: OauthOptions,
): Promise<AccessToken & { refreshToken?: string }> {
  const form = new URLSearchParams({ client_id: oauth.clientId, client_secret: clientSecret });
  form.set('grant_type', oauth.grant === 'refreshToken' ? 'refresh_token' : 'client_credentials');
  if (oauth.grant === 'refreshToken') form.set('refresh_token', refreshToken ?? '');
  if (oauth.scope !== '') form.set('scope', oauth.scope);
  const headers = { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' };
  // Redirects are not followed: they would carry the secrets to where nobody meant them.
  const policy = {
    allow,
    timeoutMs: 10_000,
    responseBytes: 256 << 10,
    redirects: 0,
    ...(ca === undefined ? {} : { ca }),
  };
  const request = { url: oauth.tokenUrl, method: 'POST', headers, body: form.toString() } as const;
  const { status, body } = await outboundFetch(request, policy).catch((error) => {
    if (!(error instanceof OutboundError)) throw error;
    throw new DeliveryError('way', `No access token for the mail server: ${error.message}`, error);
  });
  const answer = readAnswer(body);
  const token = answer.access_token;
  if (status !== 200 || typeof token !== 'string' || token === '') {
    const code = typeof answer.error === 'string' ? answer.error.replace(/[^\w.-]/g, '').slice(0, 60) : '';
    throw new DeliveryError('way', `The token endpoint answered ${status}${code && ` (${code})`}: no access token.`);
  }
  const life = Number(answer.expires_in) > 0 ? Number(answer.expires_in) * 1000 : usualLife;
  const until = clock().getTime() + Math.max(life - early, life / 2);
  return { token, until, ...(typeof answer.refresh_token === 'string' ? { refreshToken: answer.refresh_token } : {}) };
}

function readAnswer(body: Buffer): Record<string, unknown> {
  try {
    const read: unknown = JSON.parse(body.toString('utf8'));
    return typeof read === 'object' && read !== null ? (read as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
