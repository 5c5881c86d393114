import { storableJson } from '../intake/storable-text.ts';

/**
 * Rows as one JSON parameter for `json_to_recordset`: a bulk statement costs one round trip, and text needs no escaping
 * beyond JSON's. What is no text (NUL, lone surrogates) becomes U+FFFD.
 */
export function recordSet(rows: readonly object[]): string {
  return storableJson(JSON.stringify(rows));
}
