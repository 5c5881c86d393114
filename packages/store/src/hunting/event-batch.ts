import { createHash } from 'node:crypto';
import type { HuntingRow } from '@throughline/model/hunting';

/** A record of telemetry on its way into ClickHouse. */
export interface EventRecord {
  /** See {@link recordKey}. */
  key: string;
  /** Time of the event, ms UTC. */
  time: number;
  /** The ledger's source. */
  source: string;
  /** What `text` is: `json` or `text`. */
  format: 'json' | 'text';
  /** The record as it came. */
  text: string;
  rows: readonly HuntingRow[];
}

/** Records of one batch of the intake log. */
export interface EventBatch {
  id: number;
  /** When it was accepted, ISO 8601. */
  receivedAt: string;
  records: readonly EventRecord[];
}

const timeDigits = 9;

/**
 * The key under which a record is known: its time, then what tells it from all others. `content` is the same whenever
 * the same record is delivered again. Keys of one stretch of time lie side by side, so that looking a batch's keys up
 * touches only what is near, however much is stored.
 */
export function recordKey(time: number, content: string): string {
  const at = Math.max(0, Math.floor(Number.isFinite(time) ? time : 0));
  const hash = createHash('sha256').update(content).digest('base64url').slice(0, 22);
  return `${at.toString(36).padStart(timeDigits, '0')}-${hash}`;
}
