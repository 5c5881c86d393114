import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

/** A mail as a mailbox has it: parsed, and as it came. */
export type Received = ParsedMail & { raw: string; envelopeTo: string[] };

/** A real SMTP server on loopback, with the mailbox behind it. */
export type MailReceiver = {
  port: number;
  mails: Received[];
  /** Resolves once at least `count` mails are there; fails after `ms`. */
  until(count: number, ms?: number): Promise<Received[]>;
  stop(): Promise<void>;
};

/** Starts it. `accept` is asked before a mail is taken: throw an Error with `responseCode` to refuse it. */
export async function startMailReceiver(
  options: SMTPServerOptions & { port?: number; accept?: (to: string, raw: string) => void | Promise<void> } = {},
): Promise<MailReceiver> {
  const { port = 0, accept, ...rest } = options;
  const mails: Received[] = [];
  const server = new SMTPServer({
    authOptional: rest.onAuth === undefined,
    hideSTARTTLS: rest.cert === undefined,
    disabledCommands: rest.onAuth === undefined ? ['AUTH'] : [],
    logger: false,
    closeTimeout: 100,
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk) => chunks.push(chunk));
      stream.on('end', async () => {
        const raw = Buffer.concat(chunks).toString('utf8');
        const envelopeTo = session.envelope.rcptTo.map(({ address }) => address);
        try {
          await accept?.(envelopeTo.join(), raw);
          mails.push(Object.assign(await simpleParser(raw), { raw, envelopeTo }));
          done();
        } catch (error) {
          done(error as Error);
        }
      });
    },
    ...rest,
  });
  server.on('error', () => {});
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    port: (server.server.address() as AddressInfo).port,
    mails,
    async until(count, ms = 15_000) {
      const end = performance.now() + ms;
      while (mails.length < count) {
        if (performance.now() > end) throw new Error(`${mails.length} of ${count} mails after ${ms} ms`);
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      return mails;
    },
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** The refusal that an SMTP server answers with `code`. */
export function refusal(code: number, words = 'not now'): Error {
  return Object.assign(new Error(words), { responseCode: code });
}

/** A certificate for 127.0.0.1 and localhost that signs itself; undefined without the program openssl. */
export function selfSigned(): { key: string; cert: string } | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'throughline-cert-'));
  try {
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
    const names = 'subjectAltName=IP:127.0.0.1,DNS:localhost';
    const words = `req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost -addext ${names}`;
    execFileSync('openssl', [...words.split(' '), '-keyout', key, '-out', cert], { stdio: 'ignore' });
    return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
  } catch {
    return undefined;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
