import type { RawInsertFormat } from 'chdb';

/** An `INSERT` whose rows travel behind the statement, in a shape chdb takes as raw bytes. */
export interface RawInsert {
  table: string;
  columns: string[] | undefined;
  format: RawInsertFormat;
}

const NAME = '(?:[A-Za-z_][A-Za-z0-9_]*|`[A-Za-z0-9_]+`|"[A-Za-z0-9_]+")';
const SHAPE = new RegExp(
  `^\\s*INSERT\\s+INTO\\s+(?:TABLE\\s+)?(${NAME}(?:\\.${NAME})?)\\s*(?:\\(([^()]*)\\))?\\s*FORMAT\\s+([A-Za-z]+)\\s*;?\\s*$`,
  'i',
);
const COLUMN = new RegExp(`^${NAME}$`);
const FORMATS = new Set<string>([
  'JSONEachRow',
  'JSONCompactEachRow',
  'CSV',
  'CSVWithNames',
  'TSV',
  'TabSeparated',
  'TSVWithNames',
  'TabSeparatedWithNames',
]);

/** Whether a statement is an `INSERT`. */
export function isInsert(sql: string): boolean {
  return /^\s*INSERT\b/i.test(sql);
}

/**
 * Reads `INSERT INTO db.table (a, b) FORMAT JSONEachRow`. Returns `undefined` for any other shape (expressions, quoted
 * names with unusual letters, `SETTINGS`), which then runs as text together with its rows.
 */
export function parseRawInsert(sql: string): RawInsert | undefined {
  const found = SHAPE.exec(sql);
  const [, table, columnList, format] = found ?? [];
  if (table === undefined || format === undefined || !FORMATS.has(format)) return undefined;
  const columns = columnList?.split(',').map((column) => column.trim());
  if (columns?.some((column) => !COLUMN.test(column))) return undefined;
  return {
    table: table.split('.').map(unquoted).join('.'),
    columns: columns?.map(unquoted),
    format: format as RawInsertFormat,
  };
}

function unquoted(name: string): string {
  return name.replace(/[`"]/g, '');
}
