import type { Telemetry, TelemetryContext } from './telemetry.ts';
import { telemetryFormats } from './telemetry-registry.ts';

/**
 * Reads one record of raw telemetry: parsed JSON, or a text line; lines of one auditd event may stand in one text. Gives
 * what detection judges, the rows of the hunting tables and a key that is the same when the record is delivered again;
 * `undefined` when no format recognises the record. An alert may be recognised too: ask the alert formats first.
 * @throws {Refused} when a format recognises the record and cannot read it (no date, broken XML)
 */
export function readTelemetry(record: unknown, context: TelemetryContext = { now: new Date() }): Telemetry | undefined {
  for (const format of telemetryFormats) if (format.recognises(record)) return format.read(record, context);
  return undefined;
}

/** The ledger's source of the telemetry format that recognises `record`, or `undefined`. Cheap; never throws. */
export function recogniseTelemetry(record: unknown): string | undefined {
  for (const format of telemetryFormats) if (format.recognises(record)) return format.name;
  return undefined;
}
