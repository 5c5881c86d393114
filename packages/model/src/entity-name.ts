import type { EntityKind } from './entity.ts';

const identifier = /^(\{?[0-9a-f]{8}-[0-9a-f-]{27}\}?|[0-9a-f]{32,}|s-1-[0-9-]+)$/i;

/**
 * How well a name tells a person which entity is meant; of two names the higher ranked is shown. An id or hash is worst;
 * a principal name beats domain\name beats a bare name; a full host name beats a short one beats an address.
 */
export function nameRank(kind: EntityKind, name: string): number {
  if (name === '' || identifier.test(name)) return 0;
  if (kind === 'user') return name.includes('@') ? 3 : name.includes('\\') ? 2 : 1;
  if (kind === 'device') return /^[\d.]+$|:/.test(name) ? 1 : name.includes('.') ? 3 : 2;
  return 1;
}
