import type { IntakeLimits } from '../limits.ts';
import type { Frame } from './frame.ts';
import { frameArray } from './frame-array.ts';
import { frameCsv, isCsvHeader } from './frame-csv.ts';
import { frameLines } from './frame-lines.ts';
import { TextCursor } from './text-cursor.ts';

/**
 * Cuts text into records: JSON values one after another in any layout, the elements of top-level arrays, CSV rows, text
 * lines. Memory is bounded by the limits, not by the body.
 * @throws what `source` throws, after the records before it were given out
 */
export async function* frames(source: AsyncIterable<string>, limits: IntakeLimits): AsyncGenerator<Frame[]> {
  const cursor = new TextCursor(source);
  let first = true;
  let salvaging = false;
  for (;;) {
    const c = await cursor.skipSpace();
    if (c === '') break;
    if (c === '[' && !salvaging && (await opensJsonArray(cursor))) {
      salvaging = !(yield* frameArray(cursor, limits));
      first = false;
      continue;
    }
    if (first && c !== '{' && c !== '[' && isCsvHeader(await firstLine(cursor))) yield* frameCsv(cursor, limits);
    else yield* frameLines(cursor, limits, salvaging);
    break;
  }
  if (cursor.problem !== null) throw cursor.problem;
}

async function opensJsonArray(cursor: TextCursor): Promise<boolean> {
  for (;;) {
    const match = /^\[\s*(\S)/.exec(cursor.text.slice(cursor.at, cursor.at + 65_536));
    if (match) return '{[]"'.includes(match[1] ?? '');
    if (cursor.pending > 65_536 || !(await cursor.grow())) return false;
  }
}

async function firstLine(cursor: TextCursor): Promise<string> {
  for (;;) {
    const end = cursor.text.indexOf('\n', cursor.at);
    if (end >= 0) return cursor.text.slice(cursor.at, end).trim();
    if (cursor.pending > 65_536 || !(await cursor.grow())) return cursor.text.slice(cursor.at).trim();
  }
}
