import type { CorrelationConfig } from './config.ts';
import type { EntityRecord } from './entity-record.ts';

/** Whether a person said that an entity is always a hub: it links nothing, whatever was measured. */
export function isAlwaysHub(record: EntityRecord | undefined, { hub }: CorrelationConfig): boolean {
  return record !== undefined && hub.named?.get(record.id) === 'always';
}
