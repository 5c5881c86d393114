import { hash } from 'node:crypto';
import { isFields } from './value.ts';

const plainId = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,79}$/;

/** The alert id of a provider's id: prefix and id; a long or odd id is hashed, so that every id is short and safe in a URL. */
export function alertId(prefix: string, providerId: string): string {
  return `${prefix}_${plainId.test(providerId) ? providerId : digest(providerId)}`;
}

/** A provider's id that is itself the alert id (Graph, Defender), unless it is long or odd. */
export function ownId(prefix: string, providerId: string): string {
  return plainId.test(providerId) ? providerId : `${prefix}_${digest(providerId)}`;
}

/** 32 hex digits that stand for these parts. */
export function digestOf(...parts: unknown[]): string {
  return digest(parts.join('\u0000'));
}

/** 32 hex digits that stand for the content of a record, whatever the order of its keys. */
export function contentId(record: unknown): string {
  return digest(typeof record === 'string' ? record : canonical(record));
}

function digest(value: string): string {
  return hash('sha256', value, 'hex').slice(0, 32);
}

/** JSON with sorted keys. The nesting of `value` is bounded by the depth limit. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (!isFields(value)) return JSON.stringify(value) ?? 'null';
  const parts = Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`);
  return `{${parts.join(',')}}`;
}
