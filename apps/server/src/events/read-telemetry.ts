import type { TelemetryEvent } from '@throughline/model';
import { type HuntingRow, huntingTables } from '@throughline/model/hunting';

/** One record of telemetry as read. */
export type Telemetry = { source: string; event: TelemetryEvent; rows: readonly HuntingRow[]; key: string };

const prefix = 'AdvancedHunting-';

/** Reads a record of Defender's streaming envelope; undefined for anything else. */
export function readTelemetry(record: unknown, _context: { now: Date }): Telemetry | undefined {
  if (typeof record !== 'object' || record === null) return undefined;
  const { category, properties } = record as { category?: unknown; properties?: unknown };
  if (typeof category !== 'string' || !category.startsWith(prefix)) return undefined;
  const table = category.slice(prefix.length);
  if (!huntingTables().has(table) || typeof properties !== 'object' || properties === null) return undefined;
  const fields = properties as Record<string, unknown>;
  const time = Date.parse(String(fields.Timestamp ?? ''));
  if (Number.isNaN(time)) return undefined;
  const event = { logSource: { product: 'windows' }, time, fields };
  return { source: 'defenderHunting', event, rows: [{ table, values: fields }], key: JSON.stringify(record) };
}
