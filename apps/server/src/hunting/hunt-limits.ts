/** What one hunting query may take of the engine. */
export interface HuntLimits {
  /** Wall-clock time, milliseconds. */
  readonly timeMs: number;
  /** Memory of the engine, bytes. */
  readonly memoryBytes: number;
  /** Rows in the answer. */
  readonly rows: number;
  /** Bytes of the answer, before it is written as JSON for the asker. */
  readonly bytes: number;
}

/** The portal's limits: ten minutes and 30,000 rows, as analysts know them. */
export const PORTAL_LIMITS: HuntLimits = {
  timeMs: 600_000,
  memoryBytes: 2_000_000_000,
  rows: 30_000,
  bytes: 100_000_000,
};

/** The limits of the APIs that other products know: three minutes and 100,000 rows. */
export const API_LIMITS: HuntLimits = {
  timeMs: 180_000,
  memoryBytes: 2_000_000_000,
  rows: 100_000,
  bytes: 100_000_000,
};

/** The engine's settings for a hunting query: it reads only, and ends when it goes beyond its limits. */
export function huntSettings(limits: HuntLimits): Record<string, string> {
  return {
    max_execution_time: String(limits.timeMs / 1_000),
    max_memory_usage: String(limits.memoryBytes),
    max_result_rows: String(limits.rows),
    max_result_bytes: String(limits.bytes),
    result_overflow_mode: 'throw',
    // Rows of an ordered sub-query keep their order for those who read it.
    query_plan_remove_redundant_sorting: '0',
    output_format_json_quote_64bit_integers: '1',
    output_format_json_quote_denormals: '1',
    output_format_json_escape_forward_slashes: '0',
    max_subquery_depth: '1000',
    max_parser_depth: '5000',
    max_query_size: '4000000',
    max_ast_depth: '5000',
    max_ast_elements: '500000',
    max_expanded_ast_elements: '5000000',
    allow_suspicious_low_cardinality_types: '1',
    readonly: '1',
  };
}
