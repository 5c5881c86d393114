import type { TelemetryEvent } from '@throughline/model';
import type { HuntingRow } from '@throughline/model/hunting';

/** One record of raw telemetry as read: what detection judges, and the rows that hunting asks for. */
export type Telemetry = {
  /** The ledger's source ("windowsEvent"). */
  source: string;
  event: TelemetryEvent;
  /** At least one row. */
  rows: readonly HuntingRow[];
  /** Names the record: source, host and record id, else a digest of its content. The same record delivered again has the same key. */
  key: string;
};

/** What a telemetry format is told beside the record. */
export type TelemetryContext = {
  /** When the record was received: the year of dates that have none, and the bound for dates in the future. */
  now: Date;
  /** The record's JSON, when it is at hand: records without an id are named by its digest, and need not be written again. */
  text?: string;
};

/** One source format of telemetry: a record shape and how to read it. */
export type TelemetryFormat = {
  /** The ledger's source. */
  name: string;
  /** One line for people: what it reads. */
  about: string;
  /** True when `record` (parsed JSON or a text) has this format's shape. Cheap; never throws. */
  recognises(record: unknown): boolean;
  /**
   * Reads a recognised record.
   * @throws {Refused} when it cannot be read
   */
  read(record: unknown, context: TelemetryContext): Telemetry;
};
