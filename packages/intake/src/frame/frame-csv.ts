import type { IntakeLimits } from '../limits.ts';
import { columnLimit, csvRow } from './csv-row.ts';
import type { Frame } from './frame.ts';
import type { TextCursor } from './text-cursor.ts';

const heading = /^"?[A-Za-z_@.][\w .@:/()[\]-]*"?$/;

/** True when a line looks like the header of a CSV export: three or more names, commas between. */
export function isCsvHeader(line: string): boolean {
  if (line.length > 65_536) return false;
  const cells = line.split(',').map((cell) => cell.trim());
  const named = cells.filter((cell) => cell !== '');
  return named.length >= 3 && named.length >= cells.length - 1 && named.every((cell) => heading.test(cell));
}

/** A quote that is never closed takes in the rows after it; so many times they are read again without its line. */
const unclosedQuotes = 100;

/** Rows of the CSV at the cursor as objects keyed by the header's names. */
export async function* frameCsv(cursor: TextCursor, limits: IntakeLimits): AsyncGenerator<Frame[]> {
  let header: string[] | null = null;
  let unclosed = 0;
  let batch: Frame[] = [];
  for (;;) {
    const row = csvRow(cursor.text, cursor.at, cursor.ended);
    if (row === null && cursor.pending <= limits.documentBytes) {
      if (batch.length > 0) yield batch;
      batch = [];
      if (await cursor.grow()) continue;
      if (!cursor.ended) continue;
    }
    if (cursor.pending === 0) break;
    const { line } = cursor;
    const complete = row ?? csvRow(cursor.text, cursor.at, true);
    if (complete === null) {
      const text = takeTo(cursor, unclosed++ < unclosedQuotes ? cursor.text.indexOf('\n', cursor.at) + 1 : 0);
      batch.push({ line, text, problem: { reason: 'malformedText', detail: 'CSV: a quote is not closed' } });
      continue;
    }
    const text = takeTo(cursor, complete.end);
    if (header === null) header = complete.cells;
    else if (complete.cells.length >= columnLimit) {
      const detail = `CSV: a row of ${columnLimit} or more columns`;
      batch.push({ line, text, problem: { reason: 'malformedText', detail } });
    } else if (text.trim() !== '') batch.push({ line, text, value: named(header, complete.cells), isRow: true });
    if (batch.length >= limits.recordsPerBatch) {
      yield batch;
      batch = [];
    }
  }
  yield batch;
}

/** The text to `end`, or to the end of what is there when it is 0; the cursor moves behind it. */
function takeTo(cursor: TextCursor, end: number): string {
  const stop = end === 0 ? cursor.text.length : end;
  const text = cursor.text.slice(cursor.at, stop).replace(/\r?\n$/, '');
  cursor.moveTo(stop);
  return text;
}

function named(header: readonly string[], cells: readonly string[]): Record<string, string> {
  // fromEntries defines own properties, so a column called "__proto__" stays data.
  return Object.fromEntries(cells.map((cell, i) => [header[i] ?? `column${i + 1}`, cell]));
}
