import { unsupported } from '../../hunt-error.ts';
import { arrayOf } from '../dynamic-path.ts';
import type { Sql } from '../sql.ts';
import { argumentAs, type FunctionInput, type FunctionTable } from './function.ts';
import { numbers, seriesOf } from './series.ts';

interface Parts {
  readonly values: string;
  readonly trend: string;
  readonly seasonal: string;
  readonly baseline: string;
  readonly rest: string;
}

// Trend and season of a series whose season's length the query gives; without one there is no season.
function partsOf(input: FunctionInput, seasonAt: number): Parts {
  const season = input.args[seasonAt]?.constant;
  const period = typeof season === 'bigint' || typeof season === 'number' ? Number(season) : -1;
  if (period < 0) {
    input.scope.compilation.notices.add(
      `${input.call.name}() does not find the length of a season by itself here; give it as an argument when there is one.`,
    );
  }
  const style = input.args[seasonAt + 1]?.constant ?? 'avg';
  if (style !== 'avg' && style !== 'linefit' && style !== 'none')
    throw unsupported(`The trend ${String(style)}`, input.call.at);
  const values = `arrayMap(_x -> ifNull(_x, 0), ${numbers(input, 0)})`;
  const middle = `((length(${values}) - 1) / 2)`;
  const places = `arrayMap(_i -> toFloat64(_i - 1), arrayEnumerate(${values}))`;
  const slope = `ifNotFinite(arraySum((_x, _y) -> (_x - ${middle}) * _y, ${places}, ${values}) / arraySum(_x -> pow(_x - ${middle}, 2), ${places}), 0)`;
  const trend =
    style === 'none'
      ? `arrayMap(_x -> toFloat64(0), ${values})`
      : style === 'avg'
        ? `arrayMap(_x -> arrayAvg(${values}), ${values})`
        : `arrayMap(_p -> arrayAvg(${values}) + ${slope} * (_p - ${middle}), ${places})`;
  if (period <= 1) {
    const rest = `arrayMap((_x, _t) -> _x - _t, ${values}, ${trend})`;
    return { values, trend, seasonal: `arrayMap(_x -> toFloat64(0), ${values})`, baseline: trend, rest };
  }
  const free = `arrayMap((_x, _t) -> _x - _t, ${values}, ${trend})`;
  const seasonal = `arrayMap(_i -> arrayAvg(arrayFilter((_x, _j) -> _j % ${Math.round(period)} = _i % ${Math.round(period)}, ${free}, arrayEnumerate(${free}))), arrayEnumerate(${values}))`;
  const baseline = `arrayMap((_t, _s) -> _t + _s, ${trend}, ${seasonal})`;
  return { values, trend, seasonal, baseline, rest: `arrayMap((_x, _b) -> _x - _b, ${values}, ${baseline})` };
}

/** Distance beyond the fences between the 10th and 90th percentile, in the fences' own width. */
function scores(rest: string): string {
  const level = (at: number) => `arrayReduce('quantile(${at})', ${rest})`;
  const width = `(${level(0.9)} - ${level(0.1)})`;
  return `arrayMap(_r -> ifNotFinite(multiIf(_r > ${level(0.9)}, (_r - ${level(0.9)}) / ${width}, _r < ${level(0.1)}, (_r - ${level(0.1)}) / ${width}, 0), 0), ${rest})`;
}

function together(lists: readonly string[]): Sql {
  return arrayOf(
    `[${lists.map((list) => seriesOf(`arrayMap(_z -> toNullable(toFloat64(_z)), ${list})`).sql).join(', ')}]`,
  );
}

/** Taking series apart, and what stands out of them. */
export const ANOMALIES: FunctionTable = {
  series_decompose: (input) => {
    const parts = partsOf(input, 1);
    return together([parts.baseline, parts.seasonal, parts.trend, parts.rest]);
  },
  series_decompose_anomalies: (input) => {
    const parts = partsOf(input, 2);
    const threshold = input.args[1] === undefined ? '1.5' : argumentAs(input, 1, 'real').sql;
    const found = scores(parts.rest);
    return together([`arrayMap(_s -> if(abs(_s) >= ${threshold}, sign(_s), 0), ${found})`, found, parts.baseline]);
  },
  series_outliers: (input) =>
    seriesOf(
      `arrayMap(_z -> toNullable(toFloat64(_z)), ${scores(`arrayMap(_x -> ifNull(_x, 0), ${numbers(input, 0)})`)})`,
    ),
};
