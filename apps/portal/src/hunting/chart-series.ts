import type { HuntColumn, HuntRender } from '@throughline/model';
import type { HuntRow } from './use-hunt.ts';

/** The charts a result can be shown as, by the names Kusto's `render` uses. */
export const chartKinds = [
  'columnchart',
  'barchart',
  'piechart',
  'linechart',
  'timechart',
  'areachart',
  'stackedareachart',
  'scatterchart',
] as const;
export type ChartKind = (typeof chartKinds)[number];

export const chartWords: Readonly<Record<ChartKind, string>> = {
  columnchart: 'Column',
  barchart: 'Bar',
  piechart: 'Pie',
  linechart: 'Line',
  timechart: 'Time',
  areachart: 'Area',
  stackedareachart: 'Stacked area',
  scatterchart: 'Scatter',
};

/** One line, area, or set of bars: a value for each x of the chart; null where there is none. */
export interface ChartSeries {
  readonly name: string;
  readonly values: readonly (number | null)[];
}

export interface ChartData {
  /** Names of the x values; instants (ms UTC) when `time`. */
  readonly xs: readonly (string | number)[];
  readonly time: boolean;
  readonly series: readonly ChartSeries[];
  /** Series or points that are not drawn since there would be too many to tell apart. */
  readonly left: number;
}

const MOST_SERIES = 12;
const MOST_POINTS = 2_000;
const numeric = new Set<HuntColumn['type']>(['int', 'long', 'real', 'decimal']);

/**
 * What a chart draws of a result, as Kusto does: x is the first time column (else the first column that is no number),
 * each number is a series, and a further column of text parts each series by its values. Undefined without a number.
 */
export function chartData(
  columns: readonly HuntColumn[],
  rows: readonly HuntRow[],
  render?: HuntRender,
): ChartData | undefined {
  const named = (list: string | undefined) =>
    (list ?? '').split(',').flatMap((name) => {
      const at = columns.findIndex((column) => column.name === name.trim());
      return at === -1 ? [] : [at];
    });
  const all = columns.map((_, index) => index);
  const typeOf = (index: number) => columns[index]?.type ?? 'string';
  const x =
    named(render?.properties.xcolumn)[0] ??
    all.find((index) => typeOf(index) === 'datetime') ??
    all.find((index) => !numeric.has(typeOf(index))) ??
    0;
  const ys = named(render?.properties.ycolumns);
  const values = ys.length > 0 ? ys : all.filter((index) => index !== x && numeric.has(typeOf(index)));
  if (values.length === 0) return undefined;
  const split = named(render?.properties.series);
  const parts = split.length > 0 ? split : all.filter((index) => index !== x && typeOf(index) === 'string').slice(0, 1);
  const time = typeOf(x) === 'datetime';

  const xs = new Map<string | number, number>();
  const series = new Map<string, Map<number, number>>();
  for (const row of rows) {
    const key = time ? Date.parse(String(row[x])) : String(row[x] ?? '');
    if (!xs.has(key)) xs.set(key, xs.size);
    const at = xs.get(key) ?? 0;
    const part = parts.map((index) => String(row[index] ?? '')).join(', ');
    for (const value of values) {
      const name = [values.length > 1 || part === '' ? (columns[value]?.name ?? '') : '', part]
        .filter(Boolean)
        .join(': ');
      const points = series.get(name) ?? new Map<number, number>();
      series.set(name, points);
      points.set(at, (points.get(at) ?? 0) + Number(row[value] ?? 0));
    }
  }
  const order = [...xs].sort(([one], [other]) => (time ? Number(one) - Number(other) : 0)).slice(0, MOST_POINTS);
  const drawn = [...series].slice(0, MOST_SERIES).map(([name, points]) => ({
    name,
    values: order.map(([, at]) => points.get(at) ?? null),
  }));
  const left = Math.max(0, series.size - MOST_SERIES) + Math.max(0, xs.size - MOST_POINTS);
  return { xs: order.map(([key]) => key), time, series: drawn, left };
}

/** Round numbers from 0 (or below) to at least `most`, about `steps` of them. */
export function ticks(least: number, most: number, steps = 4): number[] {
  const span = most - Math.min(0, least) || 1;
  const rough = span / steps;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10) * power;
  const from = Math.floor(Math.min(0, least) / step) * step;
  return Array.from({ length: Math.ceil((most - from) / step) + 1 }, (_, index) => from + index * step);
}
