import type { TextPattern } from '../value/text-pattern.ts';
import type { IpRange } from './ip-range.ts';
import type { LinearPattern } from './linear-pattern.ts';
import type { TimePart } from './time-part.ts';

export type NumberComparison = 'lt' | 'lte' | 'gt' | 'gte' | 'eq';

/**
 * One test of one field, the smallest thing that is evaluated and shared. A `field` of null stands for every value of the
 * event. Two predicates with one `key` are the same test.
 */
export type Predicate = { key: string; field: string | null } & (
  | { kind: 'text'; pattern: TextPattern; cased: boolean }
  | { kind: 'regex'; regex: LinearPattern }
  | { kind: 'cidr'; range: IpRange }
  | { kind: 'number'; op: NumberComparison; value: number }
  | { kind: 'timePart'; part: TimePart; op: NumberComparison; value: number }
  | { kind: 'missing' }
  | { kind: 'exists' }
  | { kind: 'sameAs'; other: string; how: 'equals' | 'startswith' | 'endswith' | 'contains'; cased: boolean }
);

export function textTest(field: string | null, pattern: TextPattern, cased: boolean): Predicate {
  const kept = cased ? pattern : pattern.lower();
  return { kind: 'text', key: keyOf('text', field, cased, kept.key), field, pattern: kept, cased };
}

export function regexTest(field: string | null, regex: LinearPattern): Predicate {
  return { kind: 'regex', key: keyOf('regex', field, regex.key), field, regex };
}

export function cidrTest(field: string, range: IpRange): Predicate {
  return { kind: 'cidr', key: keyOf('cidr', field, range.text), field, range };
}

export function numberTest(field: string, op: NumberComparison, value: number): Predicate {
  return { kind: 'number', key: keyOf('number', field, op, value), field, op, value };
}

export function timePartTest(field: string, part: TimePart, op: NumberComparison, value: number): Predicate {
  return { kind: 'timePart', key: keyOf('timePart', field, part, op, value), field, part, op, value };
}

/** The field is absent or null. */
export function missingTest(field: string): Predicate {
  return { kind: 'missing', key: keyOf('missing', field), field };
}

/** The field is there, be it null or empty. */
export function existsTest(field: string): Predicate {
  return { kind: 'exists', key: keyOf('exists', field), field };
}

/** Compares two fields of the event: `field` equals, begins with, ends with or contains the value of `other`. */
export function sameAsTest(
  field: string,
  other: string,
  how: 'equals' | 'startswith' | 'endswith' | 'contains',
  cased: boolean,
): Predicate {
  return { kind: 'sameAs', key: keyOf('sameAs', field, other, how, cased), field, other, how, cased };
}

/** The same test of another field. */
export function ofField(predicate: Predicate, field: string, other?: string): Predicate {
  switch (predicate.kind) {
    case 'text':
      return textTest(field, predicate.pattern, predicate.cased);
    case 'regex':
      return regexTest(field, predicate.regex);
    case 'cidr':
      return cidrTest(field, predicate.range);
    case 'number':
      return numberTest(field, predicate.op, predicate.value);
    case 'timePart':
      return timePartTest(field, predicate.part, predicate.op, predicate.value);
    case 'missing':
      return missingTest(field);
    case 'exists':
      return existsTest(field);
    case 'sameAs':
      return sameAsTest(field, other ?? predicate.other, predicate.how, predicate.cased);
  }
}

function keyOf(...parts: readonly (string | number | boolean | null)[]): string {
  return JSON.stringify(parts);
}
