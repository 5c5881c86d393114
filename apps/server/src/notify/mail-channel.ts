import type { Socket } from 'node:net';
import { isLoopbackHost } from '@throughline/model';
import type { StoredMailServer } from '@throughline/store';
import { createTransport } from 'nodemailer';
import type { AllowList } from '../outbound/allow-list.ts';
import { DeliveryError } from './delivery-error.ts';
import { mailFailure, type SmtpError } from './mail-failure.ts';
import type { AccessToken } from './mail-oauth.ts';
import { connectMailServer } from './mail-socket.ts';

/** A mail as it is sent; every try of one message sends the same. */
export type Mail = {
  to: string;
  subject: string;
  html: string;
  text: string;
  messageId: string;
  /** Instant of the Date header. */
  date: string;
  inReplyTo?: string;
  references?: string[];
};

/** How long the mail server may take, ms. */
export type MailTimeouts = { connect: number; silence: number; whole: number };
export const mailTimeouts: MailTimeouts = { connect: 10_000, silence: 30_000, whole: 90_000 };

export type MailChannelOptions = {
  server: StoredMailServer;
  /** Password or access token; null = none. */
  secret: string | null;
  /** Gives access tokens, where they are asked for; `renew` after one was refused. */
  tokens?: ((renew: boolean) => Promise<AccessToken>) | undefined;
  /** Where the server may be beyond the public internet. */
  allow: AllowList;
  /** Certificates (PEM) that are trusted instead of the system's. */
  ca?: string | undefined;
  timeouts?: MailTimeouts | undefined;
};

/** Connections to one mail server. */
export type MailChannel = {
  /** Resolves once the server has accepted the mail. Throws DeliveryError. */
  send(mail: Mail): Promise<void>;
  /** Ends the connections, whatever they do. */
  close(): void;
};

/** Opens a pool of connections, at the first mail. Certificates are always checked, and TLS never given up silently. */
export function openMailChannel(options: MailChannelOptions): MailChannel {
  const { server, secret, tokens, allow, ca, timeouts = mailTimeouts } = options;
  const { host, port, security, fromAddress, fromName } = server;
  if (security === 'none' && !isLoopbackHost(host)) {
    throw new DeliveryError('way', `Mail goes to ${host} only over TLS: only a server on this machine may do without.`);
  }
  const transport = createTransport({
    pool: true,
    host,
    port,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    tls: { minVersion: 'TLSv1.2', ...(ca === undefined ? {} : { ca }) },
    ...signIn(server, secret, tokens !== undefined),
    getSocket: (_options: unknown, done: (error: Error | null, socket?: { connection: Socket }) => void) => {
      connectMailServer(server, allow, timeouts.connect).then(
        (connection) => done(null, { connection }),
        (error) => done(error),
      );
    },
    maxConnections: 4,
    maxMessages: 100,
    // Only what was never begun is queued again by the pool; what may have arrived is for the outbox to decide.
    maxRequeues: 1,
    idleTimeout: 30_000,
    connectionTimeout: timeouts.connect,
    greetingTimeout: timeouts.connect,
    dnsTimeout: timeouts.connect,
    socketTimeout: timeouts.silence,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  let token: string | null = null;
  if (tokens !== undefined) {
    transport.set('oauth2_provision_cb', (_user: string, renew: boolean, done: TokenCallback) => {
      tokens(renew).then(
        (fresh) => {
          token = fresh.token;
          // Told as expired: nodemailer asks for each connection, and whether it is still good is decided here alone.
          done(null, fresh.token, 1);
        },
        (error) => done(error),
      );
    });
  }
  /** A token may be refused before its time: once, another is asked for. */
  const renewing = async (send: () => Promise<unknown>) => {
    try {
      await send();
    } catch (error) {
      if (tokens === undefined || (error as SmtpError).code !== 'EAUTH') throw error;
      await tokens(true);
      await send();
    }
  };
  return {
    async send({ to, date, references, inReplyTo, ...content }) {
      const late = AbortSignal.timeout(timeouts.whole);
      const send = () =>
        transport.sendMail({
          ...content,
          from: { name: fromName, address: fromAddress },
          to: { name: '', address: to },
          envelope: { from: fromAddress, to: [to] },
          date: new Date(date),
          ...(inReplyTo === undefined ? {} : { inReplyTo }),
          ...(references === undefined ? {} : { references }),
          // RFC 3834: no machine shall answer.
          headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
          xMailer: false,
          signal: late,
        });
      try {
        await renewing(send);
      } catch (error) {
        if (late.aborted)
          throw new DeliveryError('way', `${host} did not take the mail within ${timeouts.whole} ms.`, error);
        throw mailFailure(error as Error, [secret, token]);
      }
    },
    close: () => transport.close({ force: true }),
  };
}

type TokenCallback = (error: Error | null, token?: string, expires?: number) => void;

function signIn({ signIn: kind, userName }: StoredMailServer, secret: string | null, byTokens: boolean) {
  if (kind === 'none') return {};
  if (byTokens) return { auth: { type: 'OAuth2' as const, user: userName ?? '' } };
  if (secret === null || userName === null) {
    throw new DeliveryError('way', 'The mail server’s password is not set: enter it in the settings.');
  }
  return kind === 'oauth2'
    ? { auth: { type: 'OAuth2' as const, user: userName, accessToken: secret } }
    : { auth: { user: userName, pass: secret } };
}
