import { z } from 'zod';
import type { SyslogTarget } from './audit/send-syslog.ts';
import type { WebhookTarget } from './audit/send-webhook.ts';
import { type AllowList, readAllowList } from './outbound/allow-list.ts';

const unitBytes: Record<string, number> = { KiB: 1024, MiB: 1024 ** 2, GiB: 1024 ** 3 };
const bytes = z.string().transform((text, context) => {
  const match = /^(\d+) ?(KiB|MiB|GiB)?$/.exec(text.trim());
  if (match === null) {
    context.addIssue({ code: 'custom', message: 'expected bytes, as 65536, 64KiB, 64MiB or 1GiB' });
    return z.NEVER;
  }
  return Number(match[1]) * (unitBytes[match[2] ?? ''] ?? 1);
});
const count = (least: number, most: number) => z.coerce.number().int().min(least).max(most);

const allowList = z.string().transform((text, context) => {
  const { allow, wrong } = readAllowList(text);
  if (wrong.length === 0) return allow;
  context.addIssue({ code: 'custom', message: `expected host names, addresses or networks; not "${wrong[0]}"` });
  return z.NEVER;
});
const syslogUrl = z.string().transform((text, context): SyslogTarget => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const protocol = url?.protocol === 'tcp:' ? 'tcp' : url?.protocol === 'udp:' ? 'udp' : undefined;
  if (url !== undefined && protocol !== undefined && url.hostname !== '' && url.port !== '') {
    return { protocol, host: url.hostname, port: Number(url.port) };
  }
  context.addIssue({ code: 'custom', message: 'expected tcp://HOST:PORT or udp://HOST:PORT' });
  return z.NEVER;
});

/** Every environment setting with its default; docs/configuration.md explains each. */
const environment = z.object({
  THROUGHLINE_HOST: z.string().default('127.0.0.1'),
  THROUGHLINE_PORT: count(0, 65_535).default(8844),
  THROUGHLINE_PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  THROUGHLINE_TRUST_PROXY: z.stringbool().default(false),
  THROUGHLINE_LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  THROUGHLINE_BODY_LIMIT: bytes.prefault('64MiB'),
  THROUGHLINE_INFLATED_LIMIT: bytes.prefault('1GiB'),
  THROUGHLINE_RECORD_LIMIT: bytes.prefault('4MiB'),
  THROUGHLINE_DOCUMENT_LIMIT: bytes.prefault('64MiB'),
  THROUGHLINE_DEPTH_LIMIT: count(4, 1000).default(64),
  THROUGHLINE_QUEUE_LIMIT: count(1, 1_000_000).default(2000),
  THROUGHLINE_SETTLE_SECONDS: count(0, 300).default(0),
  THROUGHLINE_OUTBOUND_ALLOW: allowList.prefault(''),
  THROUGHLINE_AUDIT_DAYS: count(0, 36_500).default(730),
  THROUGHLINE_AUDIT_SYSLOG: syslogUrl.optional(),
  THROUGHLINE_AUDIT_WEBHOOK: z.url({ protocol: /^https?$/ }).optional(),
  THROUGHLINE_AUDIT_WEBHOOK_SECRET: z.string().min(16).optional(),
});

/** What the server runs with, from the environment. Sizes are bytes. */
export type Settings = {
  host: string;
  port: number;
  /** The address people use, when a proxy stands before the server; decides about `Secure` cookies. */
  publicUrl: URL | undefined;
  /** Whether `X-Forwarded-For` is believed. */
  trustProxy: boolean;
  logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
  limits: { bodyBytes: number; inflatedBytes: number; recordBytes: number; documentBytes: number; depth: number };
  /** Accepted batches that may wait for the pipeline before intake says "later". */
  queueLimit: number;
  /** How long after its event an alert waits for others that may still arrive, so that they are put in order; ms. */
  settleMs: number;
  /** What may be reached beyond the public internet. */
  outbound: AllowList;
  /** How long the audit log is kept (days, 0 = for ever) and who gets a copy. */
  audit: { days: number; syslog: SyslogTarget | undefined; webhook: WebhookTarget | undefined };
};

/** An environment setting that makes no sense, worded for the person who set it. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

/**
 * Reads and checks the environment. An empty variable counts as not set.
 *
 * @throws SettingsError naming each wrong variable.
 */
export function readSettings(env: NodeJS.ProcessEnv): Settings {
  const present = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = environment.safeParse(present);
  if (!parsed.success) {
    throw new SettingsError(
      parsed.error.issues.map(({ path, message }) => `${String(path[0])}: ${message}`).join('\n'),
    );
  }
  const { data } = parsed;
  return {
    host: data.THROUGHLINE_HOST,
    port: data.THROUGHLINE_PORT,
    publicUrl: data.THROUGHLINE_PUBLIC_URL === undefined ? undefined : new URL(data.THROUGHLINE_PUBLIC_URL),
    trustProxy: data.THROUGHLINE_TRUST_PROXY,
    logLevel: data.THROUGHLINE_LOG_LEVEL,
    limits: {
      bodyBytes: data.THROUGHLINE_BODY_LIMIT,
      inflatedBytes: data.THROUGHLINE_INFLATED_LIMIT,
      recordBytes: data.THROUGHLINE_RECORD_LIMIT,
      documentBytes: data.THROUGHLINE_DOCUMENT_LIMIT,
      depth: data.THROUGHLINE_DEPTH_LIMIT,
    },
    queueLimit: data.THROUGHLINE_QUEUE_LIMIT,
    settleMs: data.THROUGHLINE_SETTLE_SECONDS * 1000,
    outbound: data.THROUGHLINE_OUTBOUND_ALLOW,
    audit: {
      days: data.THROUGHLINE_AUDIT_DAYS,
      syslog: data.THROUGHLINE_AUDIT_SYSLOG,
      webhook:
        data.THROUGHLINE_AUDIT_WEBHOOK === undefined
          ? undefined
          : { url: data.THROUGHLINE_AUDIT_WEBHOOK, secret: data.THROUGHLINE_AUDIT_WEBHOOK_SECRET },
    },
  };
}
