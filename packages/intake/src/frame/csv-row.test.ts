import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvRow } from './csv-row.ts';

describe('a CSV row', () => {
  it.each<[string, string[] | null]>([
    ['a,b,c\n', ['a', 'b', 'c']],
    ['a,b,c\r\n', ['a', 'b', 'c']],
    [',,\n', ['', '', '']],
    ['\n', ['']],
    ['"a,b","c\nd","e""f"\n', ['a,b', 'c\nd', 'e"f']],
    ['"",""\n', ['', '']],
    ['5" disk,b\n', ['5" disk', 'b']],
    ['"a"b,c\n', ['ab', 'c']],
    ['a,"b\n', null],
    ['a,b', null],
  ])('%j', (text, cells) => {
    expect(csvRow(text, 0, false)?.cells ?? null).toEqual(cells);
  });

  it('ends with the text when it is the last', () => {
    expect(csvRow('a,"b"', 0, true)).toEqual({ cells: ['a', 'b'], end: 5 });
    expect(csvRow('a,', 0, true)).toEqual({ cells: ['a', ''], end: 2 });
    expect(csvRow('a,"b', 0, true)).toBeNull();
  });

  it('gives back what was written', () => {
    const quote = (cell: string) => `"${cell.replaceAll('"', '""')}"`;
    fc.assert(
      fc.property(fc.array(fc.array(fc.string(), { minLength: 1 }), { minLength: 1 }), (rows) => {
        const text = rows.map((cells) => `${cells.map(quote).join(',')}\r\n`).join('');
        let at = 0;
        for (const cells of rows) {
          const row = csvRow(text, at, false);
          expect(row?.cells).toEqual(cells);
          at = row?.end ?? 0;
        }
        expect(at).toBe(text.length);
      }),
    );
  });
});
