/** Sigma's levels of a rule, from least to most. */
export const detectionLevels = ['informational', 'low', 'medium', 'high', 'critical'] as const;
export type DetectionLevel = (typeof detectionLevels)[number];

/** How a field of an event is compared with the values of an exception; case does not count. */
export const exceptionOperators = ['equals', 'startsWith', 'endsWith', 'contains'] as const;
export type ExceptionOperator = (typeof exceptionOperators)[number];

/** Days (UTC), today among them, over which the counts of rules are told. */
export const detectionDays = 30;

/** For how many minutes repeats of a rule on one asset fold when nobody chose otherwise. */
export const usualWindowMinutes = 60;
