import { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import type { IntakeLimits } from '../limits.ts';
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

type Row = { record: string[]; info: { lines: number }; raw: string };

/** Rows of the CSV at the cursor as objects keyed by the header's names. Quoted fields may hold line breaks. */
export async function* frameCsv(cursor: TextCursor, limits: IntakeLimits): AsyncGenerator<Frame[]> {
  const parser = parse({
    info: true,
    raw: true,
    bom: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: limits.documentBytes,
  });
  const input = Readable.from(cursor.rest());
  input.on('error', (error) => parser.destroy(error));
  input.pipe(parser);
  const offset = cursor.line - 1;
  let header: string[] | null = null;
  let line = 1 + offset;
  let batch: Frame[] = [];
  try {
    for await (const row of parser as AsyncIterable<Row>) {
      const startsAt = line;
      line = row.info.lines + 1 + offset;
      if (header === null) {
        header = row.record;
        continue;
      }
      const names = header;
      const value = Object.fromEntries(row.record.map((cell, i) => [names[i] ?? `column${i + 1}`, cell]));
      batch.push({ line: startsAt, text: row.raw.replace(/\r?\n$/, ''), value });
      if (batch.length >= limits.recordsPerBatch) {
        yield batch;
        batch = [];
      }
    }
  } catch (error) {
    const detail = `CSV: ${(error as Error).message}`.slice(0, 200).toWellFormed();
    batch.push({ line, text: '', problem: { reason: 'malformedText', detail } });
  }
  yield batch;
}
