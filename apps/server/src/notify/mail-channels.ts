import {
  type Db,
  mailClientOwner,
  mailDestination,
  mailRefreshOwner,
  mailSecretOwner,
  openSecret,
  readMailServer,
  type SecretKeys,
  type StoredMailServer,
  sealSecret,
  secretDestination,
} from '@throughline/store';
import type { AllowList } from '../outbound/allow-list.ts';
import { DeliveryError } from './delivery-error.ts';
import { type MailChannel, type MailTimeouts, openMailChannel } from './mail-channel.ts';
import { type AccessToken, mailTokens } from './mail-oauth.ts';

export type MailChannelsOptions = {
  db: Db;
  keys: SecretKeys;
  /** Where mail servers and token endpoints may be beyond the public internet. */
  allow: AllowList;
  clock: () => Date;
  ca?: string | undefined;
  timeouts?: MailTimeouts | undefined;
};

type Held = { updatedAt: string; channel: MailChannel; server: StoredMailServer };

/** The mail channel of each tenant, opened anew when its settings change. */
export class MailChannels {
  readonly #options: MailChannelsOptions;
  readonly #held = new Map<string, Held>();

  constructor(options: MailChannelsOptions) {
    this.#options = options;
  }

  /** undefined when the tenant has no mail server. Throws DeliveryError, SecretError. */
  async of(tenantId: string): Promise<Held | undefined> {
    const { db } = this.#options;
    const row = await readMailServer(db, tenantId);
    const held = this.#held.get(tenantId);
    if (held !== undefined && held.updatedAt === row?.updatedAt) return held;
    held?.channel.close();
    this.#held.delete(tenantId);
    if (row === undefined) return undefined;
    const channel = await openTenantChannel(this.#options, tenantId, row.config);
    const fresh = {
      updatedAt: row.updatedAt,
      server: row.config,
      channel,
    };
    // Two deliveries may have asked at once: one channel stays.
    this.#held.get(tenantId)?.channel.close();
    this.#held.set(tenantId, fresh);
    return fresh;
  }

  close(): void {
    for (const { channel } of this.#held.values()) channel.close();
    this.#held.clear();
  }
}

/** Opens the channel of a tenant's mail server, with what signs in to it. Throws DeliveryError, SecretError. */
export async function openTenantChannel(
  { db, keys, allow, clock, ca, timeouts }: MailChannelsOptions,
  tenantId: string,
  server: StoredMailServer,
): Promise<MailChannel> {
  const { oauth } = server;
  if (!oauth || server.signIn !== 'oauth2') {
    const secret = await mailSecret(db, keys, tenantId, server);
    return openMailChannel({ server, secret, allow, ca, timeouts });
  }
  const place = (owner: string) => ({ tenantId, owner, destination: secretDestination(oauth.tokenUrl) });
  const clientSecret = await openSecret(db, keys, place(mailClientOwner));
  const refreshToken = (await openSecret(db, keys, place(mailRefreshOwner))) ?? null;
  if (clientSecret === undefined || (oauth.grant === 'refreshToken' && refreshToken === null)) {
    throw new DeliveryError('way', 'The mail server’s client secret or refresh token is not set: enter it.');
  }
  const keepRefreshToken = (next: string) => sealSecret(db, keys, place(mailRefreshOwner), next, clock());
  const tokens: (renew: boolean) => Promise<AccessToken> = mailTokens(
    { oauth, clientSecret, refreshToken, keepRefreshToken },
    { allow, ca, clock },
  );
  return openMailChannel({ server, secret: null, tokens, allow, ca, timeouts });
}

/** The password or token of a tenant's mail server; null when it needs none or has none. */
export async function mailSecret(
  db: Db,
  keys: SecretKeys,
  tenantId: string,
  server: StoredMailServer,
): Promise<string | null> {
  if (server.signIn === 'none') return null;
  const place = { tenantId, owner: mailSecretOwner, destination: mailDestination(server) };
  return (await openSecret(db, keys, place)) ?? null;
}
