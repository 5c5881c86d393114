import type { NumberComparison } from '../predicate/predicate.ts';
import { type TimePart, timeParts } from '../predicate/time-part.ts';
import { RuleProblem } from './yaml-node.ts';

/** What a key like `CommandLine|contains|all` says. */
export type FieldKey = {
  /** null for keywords, which are looked for in every value. */
  field: string | null;
  /** In the order in which they change values. */
  encodings: ('base64' | 'base64offset' | 'utf16le' | 'utf16be' | 'utf16' | 'windash')[];
  place: 'equals' | 'contains' | 'startswith' | 'endswith';
  all: boolean;
  cased: boolean;
  negated: boolean;
  expand: boolean;
  /** What a value is taken for. */
  as: 'text' | 'regex' | 'cidr' | 'number' | 'exists' | 'field';
  regexFlags: string;
  comparison: NumberComparison;
  timePart: TimePart | undefined;
};

const regexFlags: Readonly<Record<string, string>> = {
  i: 'i',
  ignorecase: 'i',
  m: 'm',
  multiline: 'm',
  s: 's',
  dotall: 's',
};

/**
 * Reads a key of a search identifier.
 * @throws RuleProblem for an unknown modifier or two that do not go together
 */
export function readFieldKey(key: string, line: number): FieldKey {
  const [name = '', ...modifiers] = key.split('|').map((part) => part.trim());
  const read: FieldKey = {
    field: name === '' ? null : name,
    encodings: [],
    place: 'equals',
    all: false,
    cased: false,
    negated: false,
    expand: false,
    as: 'text',
    regexFlags: '',
    comparison: 'eq',
    timePart: undefined,
  };
  for (const modifier of modifiers) apply(read, modifier, line);
  refuseContradictions(read, line);
  return read;
}

function apply(read: FieldKey, modifier: string, line: number): void {
  switch (modifier) {
    case 'contains':
    case 'startswith':
    case 'endswith':
      read.place = modifier;
      return;
    case 'all':
      read.all = true;
      return;
    case 'cased':
      read.cased = true;
      return;
    case 'neq':
      read.negated = true;
      return;
    case 'expand':
      read.expand = true;
      return;
    case 're':
      become(read, 'regex', modifier, line);
      return;
    case 'cidr':
    case 'exists':
      become(read, modifier, modifier, line);
      return;
    case 'fieldref':
      become(read, 'field', modifier, line);
      return;
    case 'lt':
    case 'lte':
    case 'gt':
    case 'gte':
      read.comparison = modifier;
      become(read, 'number', modifier, line);
      return;
    case 'base64':
    case 'base64offset':
    case 'utf16':
    case 'utf16le':
    case 'utf16be':
    case 'windash':
      read.encodings.push(modifier);
      return;
    case 'wide':
      read.encodings.push('utf16le');
      return;
  }
  const part = timeParts.find((known) => known === modifier);
  const flag = Object.hasOwn(regexFlags, modifier) ? regexFlags[modifier] : undefined;
  if (part !== undefined) {
    read.timePart = part;
    if (read.as === 'text') read.as = 'number';
  } else if (flag !== undefined) {
    if (read.as !== 'regex') throw new RuleProblem(line, `the modifier "${modifier}" stands only after "re"`);
    read.regexFlags += flag;
  } else throw new RuleProblem(line, `there is no modifier "${modifier}"`);
}

function become(read: FieldKey, as: FieldKey['as'], modifier: string, line: number): void {
  const twice = read.as !== 'text' && !(read.timePart !== undefined && as === 'number');
  if (twice) throw new RuleProblem(line, `the modifier "${modifier}" does not go with the ones before it`);
  read.as = as;
}

function refuseContradictions(read: FieldKey, line: number): void {
  const { as, place, encodings, field } = read;
  if (encodings.length > 0 && as !== 'text') {
    throw new RuleProblem(line, `"${encodings[0]}" changes texts and does not go with "${as}"`);
  }
  if (place !== 'equals' && as !== 'text' && as !== 'field' && as !== 'regex') {
    throw new RuleProblem(line, `"${place}" compares texts and does not go with "${as}"`);
  }
  if (field === null && as !== 'text' && as !== 'regex') {
    throw new RuleProblem(line, `"${as}" needs a field; keywords are texts or patterns`);
  }
}
