import {
  type Db,
  mailDestination,
  mailSecretOwner,
  openSecret,
  readMailServer,
  type SecretKeys,
  type StoredMailServer,
} from '@throughline/store';
import { type MailChannel, type MailTimeouts, openMailChannel } from './mail-channel.ts';

export type MailChannelsOptions = {
  db: Db;
  keys: SecretKeys;
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
    const { db, keys, ca, timeouts } = this.#options;
    const row = await readMailServer(db, tenantId);
    const held = this.#held.get(tenantId);
    if (held !== undefined && held.updatedAt === row?.updatedAt) return held;
    held?.channel.close();
    this.#held.delete(tenantId);
    if (row === undefined) return undefined;
    const secret = await mailSecret(db, keys, tenantId, row.config);
    const fresh = {
      updatedAt: row.updatedAt,
      server: row.config,
      channel: openMailChannel({ server: row.config, secret, ca, timeouts }),
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
