import { expect, it } from 'vitest';
import { toCsv, toJson } from './export-rows.ts';

const columns = [
  { name: 'A', type: 'string' },
  { name: 'B', type: 'dynamic' },
] as const;

it('writes CSV that a spreadsheet opens without running anything', () => {
  const rows = [
    ['a,"b"', { x: 1 }],
    ['=1+1', null],
    ['-5', 'line\nbreak'],
  ];
  expect(toCsv(columns, rows)).toBe('A,B\r\n"a,""b""","{""x"":1}"\r\n\'=1+1,\r\n-5,"line\nbreak"\r\n');
});

it('writes JSON with the columns as names', () => {
  expect(JSON.parse(toJson(columns, [['a', [1]], ['b']]))).toEqual([
    { A: 'a', B: [1] },
    { A: 'b', B: null },
  ]);
});
