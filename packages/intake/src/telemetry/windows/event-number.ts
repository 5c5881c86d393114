import { int, whole } from '../row/value.ts';

/** EventID; 0 when it is no number of an event. */
export function eventId(value: unknown): number {
  const id = int(value);
  return id === undefined || id < 0 ? 0 : id;
}

/** EventRecordID; `null` when the record does not say. */
export function eventRecordId(value: unknown): number | null {
  const id = whole(value);
  return typeof id === 'number' && id >= 0 ? id : null;
}
