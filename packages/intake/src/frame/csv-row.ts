/** Cells of a row that are kept. */
export const columnLimit = 4096;

/** One CSV row: its cells, and the index just after its line break. */
export type CsvRow = { cells: string[]; end: number };

/**
 * Reads the row at `from` by RFC 4180: a cell in double quotes may hold commas, line breaks and doubled quotes. A quote
 * inside an unquoted cell, and text after a closing quote, are taken as they stand. Cells beyond {@link columnLimit} are
 * passed over. Returns `null` when the text ends
 * inside the row; with `isLast` only when a quote is not closed.
 */
export function csvRow(text: string, from: number, isLast: boolean): CsvRow | null {
  const cells: string[] = [];
  let at = from;
  for (;;) {
    let cell = '';
    if (text[at] === '"') {
      const quoted = quotedCell(text, at + 1, isLast);
      if (quoted === null) return null;
      cell = quoted.cell;
      at = quoted.end;
    }
    const end = endOfCell(text, at);
    if (end === text.length && !isLast) return null;
    const isComma = text[end] === ',';
    cell += text.slice(at, !isComma && text[end - 1] === '\r' ? Math.max(at, end - 1) : end);
    if (cells.length < columnLimit) cells.push(cell);
    at = end + 1;
    if (!isComma) return { cells, end: Math.min(at, text.length) };
  }
}

function quotedCell(text: string, from: number, isLast: boolean): { cell: string; end: number } | null {
  let cell = '';
  let at = from;
  for (;;) {
    const quote = text.indexOf('"', at);
    if (quote < 0 || (quote === text.length - 1 && !isLast)) return null;
    cell += text.slice(at, quote);
    if (text[quote + 1] !== '"') return { cell, end: quote + 1 };
    cell += '"';
    at = quote + 2;
  }
}

function endOfCell(text: string, from: number): number {
  for (let i = from; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === 44 || c === 10) return i;
  }
  return text.length;
}
