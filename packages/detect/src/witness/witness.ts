import type { Expression } from '../predicate/expression.ts';
import type { Predicate } from '../predicate/predicate.ts';
import type { PatternPart, TextPattern } from '../value/text-pattern.ts';
import { requiredLiteral } from './required-literal.ts';

/**
 * Something cheap to look for without which a rule cannot hold: a literal (lower case) in a field, any character beyond
 * ASCII, or that the field is there at all. A `field` of null stands for any value of the event.
 */
export type Witness = {
  field: string | null;
  how: 'equals' | 'prefix' | 'suffix' | 'contains' | 'beyondAscii' | 'present';
  literal: string;
};

/** Tells witnesses apart. */
export function witnessKey({ field, how, literal }: Witness): string {
  return `${field === null ? '' : `.${field}`}\n${how}\n${literal}`;
}

export type WitnessSet = { witnesses: readonly Witness[]; cost: number };

/** What it costs to look for a witness, and to evaluate the rule whenever it occurs. */
export type WitnessCost = (witness: Witness) => number;

/**
 * The cheapest set of witnesses of which one must occur for the expression to hold; undefined when it can hold without
 * anything to look for.
 */
export function witnessesOf(expression: Expression, costOf: WitnessCost): WitnessSet | undefined {
  switch (expression.kind) {
    case 'constant':
      return expression.value ? undefined : { witnesses: [], cost: 0 };
    case 'not':
      return undefined;
    case 'test': {
      const witness = witnessOf(expression.predicate);
      return witness === undefined ? undefined : { witnesses: [witness], cost: costOf(witness) };
    }
    case 'and': {
      let cheapest: WitnessSet | undefined;
      for (const part of expression.parts) {
        const set = witnessesOf(part, costOf);
        if (set !== undefined && (cheapest === undefined || set.cost < cheapest.cost)) cheapest = set;
      }
      return cheapest;
    }
    case 'or': {
      const all = new Map<string, Witness>();
      for (const part of expression.parts) {
        const set = witnessesOf(part, costOf);
        if (set === undefined) return undefined;
        for (const witness of set.witnesses) all.set(witnessKey(witness), witness);
      }
      const witnesses = [...all.values()];
      return { witnesses, cost: witnesses.reduce((sum, witness) => sum + costOf(witness), 0) };
    }
  }
}

/** What must occur for one test to hold. */
export function witnessOf(predicate: Predicate): Witness | undefined {
  const { field } = predicate;
  const present: Witness | undefined = field === null ? undefined : { field, how: 'present', literal: '' };
  switch (predicate.kind) {
    case 'missing':
      return undefined;
    case 'text':
      return textWitness(field, predicate.pattern) ?? present;
    case 'regex': {
      const literal = asciiPiece(requiredLiteral(predicate.regex.source, predicate.regex.ignoreCase).toLowerCase());
      return literal === '' ? present : { field, how: 'contains', literal };
    }
    default:
      return present;
  }
}

function textWitness(field: string | null, pattern: TextPattern): Witness | undefined {
  // A pattern with regard to case is looked for without: the witness may occur where the test fails, never the reverse.
  const literal = pattern.literal.toLowerCase();
  const how = placeOf(pattern, pattern.literal);
  if (how === 'equals' && field !== null) return { field, how, literal };
  if (literal === '') return undefined;
  if (field !== null && how !== 'contains') return { field, how, literal };
  const piece = asciiPiece(literal);
  if (piece !== '') return { field, how: 'contains', literal: piece };
  return field === null ? undefined : { field, how: 'beyondAscii', literal: '' };
}

function placeOf({ shape, parts }: TextPattern, literal: PatternPart): 'equals' | 'prefix' | 'suffix' | 'contains' {
  if (shape === 'equals' || shape === 'prefix' || shape === 'suffix' || shape === 'contains') return shape;
  if (parts[0] === literal) return 'prefix';
  return parts.at(-1) === literal ? 'suffix' : 'contains';
}

/** The longest run of ASCII: what lower-casing never changes the length of. */
function asciiPiece(literal: string): string {
  let longest = '';
  for (const piece of literal.split(/[^\x20-\x7e\t\r\n]+/)) if (piece.length > longest.length) longest = piece;
  return longest;
}
