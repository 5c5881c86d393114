// Rows that stand alone, so that the chunks of a streamed result put together are the result.
const STREAMED = new Set([
  'JSONEachRow',
  'JSONStringsEachRow',
  'JSONCompactEachRow',
  'JSONCompactStringsEachRow',
  'JSONLines',
  'NDJSON',
  'CSV',
  'TSV',
  'TabSeparated',
  'TSVRaw',
  'TabSeparatedRaw',
]);

const CONTENT_TYPES: ReadonlyArray<[RegExp, string]> = [
  [/^(JSONEachRow|JSONStringsEachRow|JSONCompact(Strings)?EachRow|JSONLines|NDJSON)/, 'application/x-ndjson'],
  [/^JSON/, 'application/json'],
  [/^CSV/, 'text/csv'],
  [/^(TSV|TabSeparated)/, 'text/tab-separated-values'],
];

/** Whether results of `format` may be sent chunk by chunk while the statement still runs. */
export function isStreamed(format: string): boolean {
  return STREAMED.has(format);
}

/** The `Content-Type` of a result in `format`. */
export function contentTypeOf(format: string): string {
  const type = CONTENT_TYPES.find(([pattern]) => pattern.test(format))?.[1] ?? 'application/octet-stream';
  return type.startsWith('application/octet') ? type : `${type}; charset=UTF-8`;
}

/** The format a statement names in its last `FORMAT` clause, or `undefined`. */
export function namedFormat(sql: string): string | undefined {
  return /\bFORMAT\s+([A-Za-z][A-Za-z0-9_]*)\s*(?:SETTINGS\s[^;]*)?;?\s*$/i.exec(sql)?.[1];
}

/** Whether a statement is a query, the one kind whose result chdb streams. */
export function isQuery(sql: string): boolean {
  return /^\s*(?:--[^\n]*\n\s*|\/\*[\s\S]*?\*\/\s*)*\(*\s*(SELECT|WITH)\b/i.test(sql);
}
