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
    if (input.args[1] === undefined)
      return typed('long', `(toInt64(row_number() OVER (${windowOf(input)})) - 1 + ${start})`);
    throw new HuntError(
      'unsupported',
      'row_number() with a restart is not supported. Use `partition by` or `mv-apply` for each run.',
      input.call.at,
    );
  },
  row_cumsum: (input) => {
    const type = input.call.type;
    if (input.args[1] !== undefined) {
      throw new HuntError(
        'unsupported',
        'row_cumsum() with a restart is not supported. Use `partition by` or `mv-apply` for each run.',
        input.call.at,
      );
    }
    return typed(type, `sum(${argumentAs(input, 0, type).sql}) OVER (${windowOf(input)} ${RUNNING})`);
  },
};
