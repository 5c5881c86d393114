import { attacks } from './attacks.ts';
import { lookAlikes } from './look-alikes.ts';
import type { Scenario } from './scenario.ts';

/** Twelve small worlds with the grouping an analyst would make. */
export const scenarios: readonly Scenario[] = [...attacks, ...lookAlikes];
