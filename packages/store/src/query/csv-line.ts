/**
 * One line of CSV (RFC 4180). Text that a spreadsheet would run as a formula (it begins with `=`, `+`, `-`, `@`, a tab or
 * a carriage return) gets an apostrophe in front; names come from outside.
 */
export function csvLine(cells: readonly (string | number | null)[]): string {
  return `${cells.map(cell).join(',')}\r\n`;
}

function cell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
