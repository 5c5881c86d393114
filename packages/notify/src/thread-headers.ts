import { createHash } from 'node:crypto';

/**
 * The Message-ID of a message to one recipient: a function of what the message is, so that a second try carries the same
 * and receivers that see both keep one. `stream` tells installations apart; `domain` is that of the sender.
 */
export function messageId(stream: string, key: string, domain: string): string {
  const digest = createHash('sha256').update(`${stream}\n${key}`).digest('hex').slice(0, 32);
  return `<${digest}@${/^[A-Za-z0-9.-]+$/.test(domain) ? domain : 'throughline.invalid'}>`;
}

const mostReferences = 10;

/** Headers that keep the mails of one incident together (RFC 5322, 3.6.4). `earlier` are Message-IDs, oldest first. */
export function threadHeaders(earlier: readonly string[]): { inReplyTo?: string; references?: string[] } {
  const last = earlier.at(-1);
  const [root, ...rest] = earlier;
  if (last === undefined || root === undefined) return {};
  return { inReplyTo: last, references: [root, ...rest.slice(1 - mostReferences)] };
}
