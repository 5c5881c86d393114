import type { HuntColumn } from '@throughline/model';
import { describe, expect, it } from 'vitest';
import { chartData, ticks } from './chart-series.ts';

const time: HuntColumn = { name: 'Timestamp', type: 'datetime' };
const count: HuntColumn = { name: 'count_', type: 'long' };
const action: HuntColumn = { name: 'ActionType', type: 'string' };

describe('what a chart draws of a result', () => {
  it('a series for each value of the text beside time and number', () => {
    const rows = [
      ['2026-03-11T02:00:00Z', 'a', 2],
      ['2026-03-11T01:00:00Z', 'a', 1],
      ['2026-03-11T02:00:00Z', 'b', 5],
    ];
    expect(chartData([time, action, count], rows)).toEqual({
      xs: [Date.parse('2026-03-11T01:00:00Z'), Date.parse('2026-03-11T02:00:00Z')],
      time: true,
      series: [
        { name: 'a', values: [1, 2] },
        { name: 'b', values: [null, 5] },
      ],
      left: 0,
    });
  });

  it('names as x where there is no time, in the order of the rows', () => {
    const data = chartData(
      [action, count],
      [
        ['b', 2],
        ['a', 1],
      ],
    );
    expect(data).toMatchObject({ xs: ['b', 'a'], time: false, series: [{ name: 'count_', values: [2, 1] }] });
  });

  it('what render names', () => {
    const columns = [action, { name: 'n', type: 'long' }, count] as const;
    const render = { kind: 'columnchart', properties: { xcolumn: 'ActionType', ycolumns: 'n' } };
    expect(chartData(columns, [['a', 7, 9]], render)?.series).toEqual([{ name: 'n', values: [7] }]);
  });

  it('nothing without a number', () => {
    expect(chartData([time, action], [['2026-03-11T01:00:00Z', 'a']])).toBeUndefined();
  });
});

it('marks an axis with round numbers', () => {
  expect(ticks(0, 97)).toEqual([0, 50, 100]);
  expect(ticks(0, 4)).toEqual([0, 1, 2, 3, 4]);
  expect(ticks(-3, 3)).toEqual([-4, -2, 0, 2, 4]);
});
