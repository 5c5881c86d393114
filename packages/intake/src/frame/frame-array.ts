import type { IntakeLimits } from '../limits.ts';
import { type Frame, jsonFrame, malformed, tooLarge } from './frame.ts';
import { JsonScanner } from './json-scanner.ts';
import type { TextCursor } from './text-cursor.ts';

/**
 * The elements of the JSON array at the cursor, one at a time. Returns true when the array was closed; false when it was
 * not, with the cursor at the element that could not be delimited: the caller may look for records line by line.
 */
export async function* frameArray(cursor: TextCursor, limits: IntakeLimits): AsyncGenerator<Frame[], boolean> {
  let batch: Frame[] = [];
  cursor.moveTo(cursor.at + 1);
  for (;;) {
    if (batch.length >= limits.recordsPerBatch) {
      yield batch;
      batch = [];
    }
    const c = await cursor.skipSpace(',');
    if (c === ']') {
      cursor.moveTo(cursor.at + 1);
      yield batch;
      return true;
    }
    if (c === '') {
      yield [...batch, malformed(cursor.line, '', 'the array is not closed')];
      return true;
    }
    const end = c === '{' || c === '[' ? await endOfValue(cursor, limits) : await endOfScalar(cursor, limits);
    if (end < 0) {
      if (cursor.pending > limits.documentBytes) {
        batch.push(
          tooLarge(
            cursor.line,
            cursor.text.slice(cursor.at, cursor.at + limits.recordBytes),
            limits.documentBytes,
            'documentBytes',
          ),
        );
        cursor.moveTo(Math.min(cursor.text.length, cursor.at + limits.documentBytes));
      }
      yield batch;
      return false;
    }
    batch.push(jsonFrame(cursor.line, cursor.text.slice(cursor.at, end)));
    cursor.moveTo(end);
  }
}

async function endOfValue(cursor: TextCursor, limits: IntakeLimits): Promise<number> {
  const scanner = new JsonScanner();
  let scanned = 0;
  for (;;) {
    const end = scanner.scan(cursor.text, cursor.at + scanned);
    if (end >= 0) return end;
    scanned = cursor.pending;
    if (scanned > limits.documentBytes || !(await cursor.grow())) return -1;
  }
}

async function endOfScalar(cursor: TextCursor, limits: IntakeLimits): Promise<number> {
  for (;;) {
    const rest = cursor.text.slice(cursor.at + 1).search(/[,\]\n]/);
    if (rest >= 0) return cursor.at + 1 + rest;
    if (cursor.pending > limits.documentBytes || !(await cursor.grow())) return -1;
  }
}
