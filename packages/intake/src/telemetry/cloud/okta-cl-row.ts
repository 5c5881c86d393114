import type { HuntingRow } from '@throughline/model/hunting';
import { at, type Fields, isFields } from '../../field/value.ts';
import { row, type Values } from '../row/row.ts';
import { columnValue, tableColumns } from '../row/table-columns.ts';
import type { When } from '../row/when.ts';

/** Types by the suffix that the custom-log connector gives column names. */
const suffixes: readonly (readonly [suffix: string, fits: (value: unknown) => boolean])[] = [
  ['_s', (value) => typeof value === 'string' || typeof value === 'object'],
  ['_d', (value) => typeof value === 'number'],
  ['_b', (value) => typeof value === 'boolean'],
  ['_g', (value) => typeof value === 'string'],
];

/** The row of Okta_CL, the older connector's table: nested names joined by "_", the type as suffix. */
export function oktaClRow(event: Fields, time: When): HuntingRow {
  const values: Values = {};
  fill(values, event, '');
  return row('Okta_CL', time, values, {
    published_t: time.iso,
    target_s: columnValue('string', event.target),
    request_ipChain_s: columnValue('string', at(event, 'request', 'ipChain')),
  });
}

function fill(values: Values, held: Fields, prefix: string): void {
  const types = tableColumns('Okta_CL');
  for (const name in held) {
    const value = held[name];
    if (isFields(value)) {
      // Five levels of names are the deepest that columns have.
      if (prefix.split('_').length < 6) fill(values, value, `${prefix}${name}_`);
      continue;
    }
    for (const [suffix, fits] of suffixes) {
      const column = `${prefix}${name}${suffix}`;
      const type = types?.get(column);
      if (type !== undefined && fits(value)) values[column] = columnValue(type, value);
    }
  }
}
