/** Values with counts, bounded: most frequent first, equals by value. What falls off is only known by number. */
export type Tally = [value: string, count: number][];

const limit = 32;

/** Adds `value` to a tally and returns the new one; an empty value adds nothing. */
export function tallied(tally: Tally, value: string | null | undefined, count = 1): Tally {
  if (!value) return tally;
  const known = tally.some(([other]) => other === value);
  const next: Tally = known
    ? tally.map(([other, n]) => (other === value ? [other, n + count] : [other, n]))
    : [...tally, [value, count]];
  return next.sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, limit);
}

export function talliesOf(a: Tally, b: Tally): Tally {
  return b.reduce((sum, [value, count]) => tallied(sum, value, count), a);
}
