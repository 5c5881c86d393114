import type { AggregateTable } from './aggregate.ts';
import { COLLECTIONS } from './collections.ts';
import { NUMBERS } from './numbers.ts';

/** Every aggregate function that gives one value, by its name in lower case. */
export const AGGREGATES: AggregateTable = { ...COLLECTIONS, ...NUMBERS };
