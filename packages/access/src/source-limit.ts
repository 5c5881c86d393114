import type { SourceLimit, SourceScope } from '@throughline/model';

// A limit is the set of sources it lets through; null is all. Both kinds of set and null are closed under what follows.

/** A choice of sources as a limit: null for all. */
export function limitOf({ mode, sources }: SourceScope): SourceLimit | null {
  return mode === 'all' ? null : { mode, sources };
}

/** Whether alerts of a source are let through. */
export function letsThrough(limit: SourceLimit | null, source: string): boolean {
  return limit === null || limit.sources.includes(source) === (limit.mode === 'selected');
}

/** What either lets through. */
export function eitherLimit(one: SourceLimit | null, other: SourceLimit | null): SourceLimit | null {
  if (one === null || other === null) return null;
  if (one.mode === 'selected' && other.mode === 'selected') {
    return { mode: 'selected', sources: [...new Set([...one.sources, ...other.sources])] };
  }
  // What is left out of the union is left out of both.
  const [except, rest] = one.mode === 'allExcept' ? [one, other] : [other, one];
  const sources = except.sources.filter((source) => !letsThrough(rest, source));
  return sources.length === 0 ? null : { mode: 'allExcept', sources };
}

/** What both let through. */
export function bothLimits(one: SourceLimit | null, other: SourceLimit | null): SourceLimit | null {
  if (one === null) return other;
  if (other === null) return one;
  if (one.mode === 'allExcept' && other.mode === 'allExcept') {
    return { mode: 'allExcept', sources: [...new Set([...one.sources, ...other.sources])] };
  }
  const [selected, rest] = one.mode === 'selected' ? [one, other] : [other, one];
  return { mode: 'selected', sources: selected.sources.filter((source) => letsThrough(rest, source)) };
}

/** Whether `one` lets through all that `other` does. */
export function coversLimit(one: SourceLimit | null, other: SourceLimit | null): boolean {
  if (one === null) return true;
  if (other === null) return false;
  if (other.mode === 'selected') return other.sources.every((source) => letsThrough(one, source));
  return one.mode === 'allExcept' && one.sources.every((source) => !letsThrough(other, source));
}
