import { storableJson } from '../intake/storable-text.ts';

/**
 * Rows as one JSON parameter for `json_to_recordset`: a bulk statement costs one round trip, and text needs no escaping
 * beyond JSON's. What is no text (NUL, lone surrogates) becomes U+FFFD.
 */
export function recordSet(rows: readonly object[]): string {
  return storableJson(JSON.stringify(rows));
}

/** A row with columns that are JSON text already; they are taken as they stand. */
export function recordWith(row: object, json: Readonly<Record<string, string>>): string {
  const rest = Object.entries(json).map(([name, text]) => `,${JSON.stringify(name)}:${text}`);
  return `${storableJson(JSON.stringify(row)).slice(0, -1)}${rest.join('')}}`;
}
