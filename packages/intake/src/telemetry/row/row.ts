import type { HuntingRow } from '@throughline/model/hunting';
import type { When } from './when.ts';

/** Column values as a format writes them; what is undefined, null or empty text is left out. */
export type Values = Record<string, unknown>;

/** A row of `table` at `when`, which both products' time columns hold. */
export function row(table: string, when: When, ...parts: readonly Values[]): HuntingRow {
  const values: Values = { Timestamp: when.iso, TimeGenerated: when.iso };
  for (const part of parts) {
    for (const name in part) {
      const value = part[name];
      if (value !== undefined && value !== null && value !== '') values[name] = value;
    }
  }
  return { table, values };
}

/** JSON text of what is known of `values`, for columns that hold JSON as text; `undefined` when nothing is. */
export function jsonText(values: Values): string | undefined {
  const known = knownOf(values);
  return known === undefined ? undefined : JSON.stringify(known);
}

/** `values` without what is undefined, null or empty; `undefined` when nothing is left. */
export function knownOf(values: Values): Values | undefined {
  let found: Values | undefined;
  for (const name in values) {
    const value = values[name];
    if (value === undefined || value === null || value === '') continue;
    found ??= {};
    found[name] = value;
  }
  return found;
}
