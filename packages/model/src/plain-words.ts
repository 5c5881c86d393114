import type { EntityKind } from './entity.ts';
import type { Tactic } from './tactic.ts';

const kindWords: Record<EntityKind, [one: string, many: string]> = {
  device: ['device', 'devices'],
  user: ['user', 'users'],
  mailbox: ['mailbox', 'mailboxes'],
  cloudApplication: ['app', 'apps'],
  cloudResource: ['cloud resource', 'cloud resources'],
  ip: ['address', 'addresses'],
  file: ['file', 'files'],
  url: ['URL', 'URLs'],
  domain: ['domain', 'domains'],
  process: ['process', 'processes'],
  registry: ['registry entry', 'registry entries'],
  message: ['e-mail', 'e-mails'],
  mailCluster: ['mail cluster', 'mail clusters'],
  session: ['session', 'sessions'],
  securityGroup: ['security group', 'security groups'],
};

export function kindWord(kind: EntityKind): string {
  return kindWords[kind][0];
}

/** "1 device", "7 devices". */
export function countOf(count: number, kind: EntityKind): string {
  return `${count} ${kindWords[kind][count === 1 ? 0 : 1]}`;
}

/** "credentialAccess" → "Credential access". */
export function tacticWords(tactic: Tactic): string {
  const text = tactic.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** "a", "a and b", "a, b and c". */
export function listOf(items: readonly string[], last = 'and'): string {
  const [final = '', ...rest] = [...items].reverse();
  return rest.length === 0 ? final : `${rest.reverse().join(', ')} ${last} ${final}`;
}

/** A distance in time, rounded as people say it: "14 minutes". */
export function durationWords(ms: number): string {
  const units: [string, number][] = [
    ['day', 86_400_000],
    ['hour', 3_600_000],
    ['minute', 60_000],
    ['second', 1_000],
  ];
  for (const [unit, size] of units) {
    if (ms < size * (unit === 'second' ? 1 : 1.5) && unit !== 'second') continue;
    const count = Math.round(ms / size);
    if (count > 0) return `${count} ${unit}${count === 1 ? '' : 's'}`;
  }
  return 'less than a second';
}

/** What a rarity of n nats means: 5 → "1 in 150". Two significant digits. */
export function oddsWords(rarity: number): string {
  const odds = Math.exp(rarity);
  const step = 10 ** Math.max(0, Math.floor(Math.log10(odds)) - 1);
  return `1 in ${Math.max(1, Math.round(odds / step) * step)}`;
}

/** At most `limit` characters, cut with an ellipsis. */
export function shorten(text: string, limit: number): string {
  const clean = text.replace(/\s+/g, ' ').trim();
  return clean.length <= limit ? clean : `${clean.slice(0, limit - 1).trimEnd()}…`;
}
