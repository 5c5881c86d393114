import { HuntError } from '../../hunt-error.ts';
import { convert } from '../convert.ts';
import { atBorder, CLICKHOUSE_TYPES, isTextual, quote, type Sql, typed } from '../sql.ts';
import { argument, argumentAs, type FunctionInput, type FunctionTable, type ScalarFunction } from './function.ts';

const WHOLE = 'ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING';
const RUNNING = 'ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW';

function windowOf(input: FunctionInput): string {
  const { window } = input.scope;
  if (window === undefined)
    throw new HuntError('semantic', `${input.call.name}() needs rows in an order.`, input.call.at);
  return window;
}

const neighbour =
  (name: 'lagInFrame' | 'leadInFrame'): ScalarFunction =>
  (input) => {
    const value = argument(input, 0);
    const offset = input.args[1] === undefined ? '1' : String(input.args[1].constant ?? '1');
    const fallback = input.args[2] === undefined ? empty(value) : atBorder(convert(argument(input, 2), value.type));
    return typed(
      value.type,
      `${name}(${atBorder({ ...value, exact: false })}, ${Number(offset) || 0}, ${fallback}) OVER (${windowOf(input)} ${WHOLE})`,
    );
  };

function empty({ type }: Sql): string {
  return isTextual(type) ? "''" : `CAST(NULL, ${quote(CLICKHOUSE_TYPES[type])})`;
}

/** Functions over rows in an order. */
export const WINDOWS: FunctionTable = {
  prev: neighbour('lagInFrame'),
  next: neighbour('leadInFrame'),
  row_number: (input) => {
    const start = input.args[0] === undefined ? '1' : argumentAs(input, 0, 'long').sql;
    return typed('long', `(toInt64(row_number() OVER (${runWindow(input)})) - 1 + ${start})`);
  },
  row_cumsum: (input) => {
    const type = input.call.type;
    return typed(type, `sum(${argumentAs(input, 0, type).sql}) OVER (${runWindow(input)} ${RUNNING})`);
  },
};

// A restart has become the number of the run where the place of the call allows it.
function runWindow(input: FunctionInput): string {
  const [window, run] = [windowOf(input), input.args[1]];
  if (run === undefined) return window;
  if (run.type === 'long')
    return window.startsWith('PARTITION BY ')
      ? window.replace('PARTITION BY ', () => `PARTITION BY ${run.sql}, `)
      : `PARTITION BY ${run.sql} ${window}`;
  throw new HuntError(
    'unsupported',
    `${input.call.name}() with a restart is not supported here. Write it in an \`extend\` of its own.`,
    input.call.at,
  );
}
