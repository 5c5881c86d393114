import type { HuntColumn } from '@throughline/model';
import type { HuntRow } from './use-hunt.ts';
import { valueText } from './value-text.ts';

/**
 * Rows as CSV (RFC 4180) with a line of names. Cells that a spreadsheet would take for a formula get an apostrophe before
 * them.
 */
export function toCsv(columns: readonly HuntColumn[], rows: readonly HuntRow[]): string {
  const lines = [columns.map(({ name }) => name), ...rows.map((row) => row.map(valueText))];
  return `${lines.map((line) => line.map(cell).join(',')).join('\r\n')}\r\n`;
}

/** Rows as JSON: one object a row. */
export function toJson(columns: readonly HuntColumn[], rows: readonly HuntRow[]): string {
  return JSON.stringify(
    rows.map((row) => Object.fromEntries(columns.map(({ name }, index) => [name, row[index] ?? null]))),
    null,
    2,
  );
}

function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) && !/^-?\d+(\.\d+)?$/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Gives the browser a file to save. */
export function saveFile(name: string, type: string, content: string): void {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
