import type { Comparison, RuleCombination, SigmaCorrelation } from '../rule/rule.ts';
import type { Entry } from './window.ts';

/** Judges the matches of one window: the number that was compared, when the correlation holds for them. */
export type Measure = (entries: readonly Entry[]) => number | undefined;

/**
 * Whether more matches can only bring the correlation nearer to holding. Such a one is judged with every match; any other
 * can be judged only when its window closes.
 */
export function growsOnly({ type, comparisons, combination }: SigmaCorrelation): boolean {
  if (type === 'value_avg' || type === 'value_percentile') return false;
  if (combination !== undefined && hasNot(combination)) return false;
  return comparisons.every(({ op }) => op === 'gt' || op === 'gte');
}

/** How a correlation judges a window. */
export function measureOf(correlation: SigmaCorrelation): Measure {
  const { type, rules, combination, percentile } = correlation;
  const compared = (value: number) => (fulfils(correlation, value) ? value : undefined);
  switch (type) {
    case 'event_count':
      return (entries) => compared(entries.length);
    case 'value_count':
      return (entries) => compared(new Set(entries.map(({ value }) => value)).size);
    case 'value_sum':
      return (entries) => compared(sum(numbers(entries)));
    case 'value_avg':
      return (entries) => whenAny(numbers(entries), (values) => compared(sum(values) / values.length));
    case 'value_percentile':
      if (percentile === undefined) return (entries) => shareOf(entries, compared);
      return (entries) => whenAny(numbers(entries), (values) => compared(percentileOf(values, percentile)));
    case 'temporal':
      return (entries) => {
        const there = new Set(entries.map(({ member }) => member));
        const holds =
          combination === undefined
            ? correlation.comparisons.length > 0 || there.size === rules.length
            : combined(combination, (rule) => there.has(rules.indexOf(rule)));
        return holds ? compared(there.size) : undefined;
      };
    case 'temporal_ordered':
      return (entries) => {
        const length = orderedLength(entries, rules.length);
        return correlation.comparisons.length > 0 || length === rules.length ? compared(length) : undefined;
      };
  }
}

function fulfils({ comparisons }: SigmaCorrelation, value: number): boolean {
  return comparisons.every(({ op, value: limit }) => comparers[op](value, limit));
}

const comparers: Readonly<Record<Comparison, (value: number, limit: number) => boolean>> = {
  lt: (value, limit) => value < limit,
  lte: (value, limit) => value <= limit,
  gt: (value, limit) => value > limit,
  gte: (value, limit) => value >= limit,
  eq: (value, limit) => value === limit,
  neq: (value, limit) => value !== limit,
};

// How many of the rules occur one after the other, from the first on.
function orderedLength(entries: readonly Entry[], rules: number): number {
  let next = 0;
  for (const { member } of entries) if (member === next && ++next === rules) break;
  return next;
}

// The smallest share, in percent, that one value has of all, of those that fulfil the condition.
function shareOf(entries: readonly Entry[], compared: (share: number) => number | undefined): number | undefined {
  let least: number | undefined;
  for (const [, of] of Map.groupBy(entries, ({ value }) => value)) {
    const share = compared((100 * of.length) / entries.length);
    if (share !== undefined && (least === undefined || share < least)) least = share;
  }
  return least;
}

// Nearest rank: the least value that so many percent of all do not exceed.
function percentileOf(values: readonly number[], percentile: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((percentile / 100) * sorted.length) - 1)] ?? Number.NaN;
}

function combined(combination: RuleCombination, there: (rule: string) => boolean): boolean {
  switch (combination.kind) {
    case 'rule':
      return there(combination.rule);
    case 'not':
      return !combined(combination.part, there);
    case 'and':
      return combination.parts.every((part) => combined(part, there));
    case 'or':
      return combination.parts.some((part) => combined(part, there));
  }
}

function hasNot(combination: RuleCombination): boolean {
  if (combination.kind === 'rule') return false;
  return combination.kind === 'not' || combination.parts.some(hasNot);
}

function numbers(entries: readonly Entry[]): number[] {
  return entries.flatMap(({ value }) => (typeof value === 'number' ? [value] : []));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function whenAny<T>(values: readonly number[], then: (values: readonly number[]) => T): T | undefined {
  return values.length === 0 ? undefined : then(values);
}
