import type { AuditEntry } from '@throughline/model';

const LOG_AUDIT = 13;
const severities = { done: 6, refused: 4, failed: 3 };
// Larger datagrams are cut or dropped on the way.
const LARGEST_MESSAGE = 8192;

/**
 * An entry as a syslog message (RFC 5424): facility "log audit"; severity informational, warning for what was refused,
 * error for what failed; the message id is the action; the structured data names the fields that rules look at; the
 * text is the whole entry as JSON, without its details where it would be longer than 8 KiB.
 */
export function syslogMessage(entry: AuditEntry, tenantId: string, host: string): string {
  const { seq, at, action, actor, target, outcome, address } = entry;
  const priority = LOG_AUDIT * 8 + severities[outcome];
  // 32473 is the enterprise number for examples (RFC 5612): there is none of ours.
  const data = [
    ['tenant', tenantId],
    ['seq', String(seq)],
    ['actor', actor.name],
    ['actorKind', actor.kind],
    ['target', target === null ? '' : `${target.kind}/${target.id}`],
    ['outcome', outcome],
    ['address', address ?? ''],
  ].map(([name, value]) => `${name}="${paramValue(value ?? '')}"`);
  const head = `<${priority}>1 ${at} ${word(host, 255)} throughline ${process.pid} ${word(action, 32)} [audit@32473 ${data.join(' ')}] \u{FEFF}`;
  const whole = head + json({ tenantId, ...entry });
  return Buffer.byteLength(whole) <= LARGEST_MESSAGE
    ? whole
    : head + json({ tenantId, ...entry, details: { omitted: true } });
}

// One line whatever the entry holds, and nothing a terminal obeys: JSON escapes C0, but neither C1 nor these line ends.
function json(value: unknown): string {
  return JSON.stringify(value).replace(
    /[\u007f-\u009f\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function paramValue(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, ' ').replace(/["\\\]]/g, '\\$&');
}

function word(text: string, most: number): string {
  return text.replace(/[^!-~]/g, '_').slice(0, most) || '-';
}
