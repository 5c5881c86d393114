import type { IntakeLimits } from '../limits.ts';
import { type Frame, tooLarge } from './frame.ts';
import { LineAssembler } from './line-assembler.ts';
import type { TextCursor } from './text-cursor.ts';

/** Records of the lines from the cursor to the end of the body, at most about `recordsPerBatch` at once. */
export async function* frameLines(
  cursor: TextCursor,
  limits: IntakeLimits,
  salvaging = false,
): AsyncGenerator<Frame[]> {
  const assembler = new LineAssembler(limits, salvaging);
  let batch: Frame[] = [];
  let searched = 0;
  for (;;) {
    const end = cursor.text.indexOf('\n', cursor.at + searched);
    if (end < 0) {
      searched = cursor.pending;
      if (searched > limits.documentBytes) {
        batch.push(await skipLine(cursor, limits));
        searched = 0;
        continue;
      }
      if (batch.length > 0) {
        yield batch;
        batch = [];
      }
      if (await cursor.grow()) continue;
      if (cursor.pending > 0) assembler.push(cursor.line, withoutReturn(cursor.text.slice(cursor.at)), batch);
      cursor.at = cursor.text.length;
      assembler.end(batch);
      yield batch;
      return;
    }
    searched = 0;
    const text = withoutReturn(cursor.text.slice(cursor.at, end));
    const { line } = cursor;
    cursor.at = end + 1;
    cursor.line++;
    assembler.push(line, text, batch);
    if (batch.length >= limits.recordsPerBatch) {
      yield batch;
      batch = [];
    }
  }
}

function withoutReturn(text: string): string {
  return text.endsWith('\r') ? text.slice(0, -1) : text;
}

/** Passes over a line that is too long to hold. */
async function skipLine(cursor: TextCursor, limits: IntakeLimits): Promise<Frame> {
  const frame = tooLarge(
    cursor.line,
    cursor.text.slice(cursor.at, cursor.at + limits.recordBytes),
    limits.documentBytes,
    'documentBytes',
  );
  for (;;) {
    const end = cursor.text.indexOf('\n', cursor.at);
    if (end >= 0) {
      cursor.moveTo(end + 1);
      return frame;
    }
    cursor.at = cursor.text.length;
    if (!(await cursor.grow())) return frame;
  }
}
