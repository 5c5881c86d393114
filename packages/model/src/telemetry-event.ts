/** Where a record was logged, by Sigma's three names; each is lower case and absent where the record does not say. */
export interface LogSource {
  readonly product?: string | undefined;
  readonly service?: string | undefined;
  readonly category?: string | undefined;
}

/** One record of raw telemetry, as detection reads it. */
export interface TelemetryEvent {
  readonly logSource: LogSource;
  /** Event time in ms UTC. */
  readonly time: number;
  /** The record's fields by the names its source uses, nested as they came; Windows events are flat (`EventID`,
   * `Channel`, `Provider_Name`, and the fields of EventData beside them). */
  readonly fields: Readonly<Record<string, unknown>>;
}
