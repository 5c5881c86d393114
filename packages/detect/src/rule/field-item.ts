import { allOf, anyOf, type Expression, negated } from '../predicate/expression.ts';
import { readIpRange } from '../predicate/ip-range.ts';
import { linearPattern } from '../predicate/linear-pattern.ts';
import {
  cidrTest,
  existsTest,
  missingTest,
  numberTest,
  type Predicate,
  regexTest,
  sameAsTest,
  textTest,
  timePartTest,
} from '../predicate/predicate.ts';
import { base64, base64Offsets, utf8, utf16 } from '../value/encode.ts';
import { expandPlaceholders, type Placeholders } from '../value/placeholder.ts';
import { plainPattern, readPattern, type TextPattern, withAnyDash } from '../value/text-pattern.ts';
import { type FieldKey, readFieldKey } from './field-key.ts';
import { RuleProblem, type YamlEntry, type YamlNode, type YamlScalar } from './yaml-node.ts';

/**
 * What one entry of a search identifier demands: `field|modifiers: value or list of values`.
 * @throws RuleProblem with the line of what cannot be used
 */
export function readFieldItem({ key, line, value }: YamlEntry, placeholders: Placeholders): Expression {
  const said = readFieldKey(key, line);
  const values = scalars(value);
  if (values.length === 0) throw new RuleProblem(line, `"${key}" has no value`);
  const each = values.map((scalar) => valueTest(said, scalar, placeholders));
  if (said.negated) return negated(anyOf(each));
  return said.all ? allOf(each) : anyOf(each);
}

/** A keyword: a text looked for anywhere in any value of the event. */
export function readKeyword(scalar: YamlScalar, placeholders: Placeholders): Expression {
  return valueTest(readFieldKey('', scalar.line), scalar, placeholders);
}

function scalars(node: YamlNode): YamlScalar[] {
  if (node.kind === 'scalar') return [node];
  if (node.kind === 'map') throw new RuleProblem(node.line, 'a field is compared with values, not with a map');
  return node.items.map((item) => {
    if (item.kind !== 'scalar')
      throw new RuleProblem(item.line, 'the values of a field must be plain texts or numbers');
    return item;
  });
}

function valueTest(said: FieldKey, scalar: YamlScalar, placeholders: Placeholders): Expression {
  const { field } = said;
  try {
    if (field === null) return keywordTest(said, scalar, placeholders);
    switch (said.as) {
      case 'text':
        return textOrNull(said, field, scalar, placeholders);
      case 'regex':
        return anyOf(texts(said, scalar, placeholders).map((text) => test(regexTest(field, pattern(said, text)))));
      case 'cidr':
        return anyOf(texts(said, scalar, placeholders).map((text) => test(cidrTest(field, range(text)))));
      case 'number':
        return numeric(said, field, scalar);
      case 'exists':
        return exists(field, scalar);
      case 'field':
        if (typeof scalar.value !== 'string') throw new Error('"fieldref" needs the name of a field');
        return test(sameAsTest(field, scalar.value, said.place, said.cased));
    }
  } catch (error) {
    throw error instanceof RuleProblem ? error : new RuleProblem(scalar.line, (error as Error).message);
  }
}

function keywordTest(said: FieldKey, scalar: YamlScalar, placeholders: Placeholders): Expression {
  if (said.as === 'regex') {
    return anyOf(texts(said, scalar, placeholders).map((text) => test(regexTest(null, pattern(said, text)))));
  }
  if (scalar.value === null || scalar.text === '') throw new Error('an empty keyword would be found in every event');
  const before = said.place !== 'startswith';
  const after = said.place !== 'endswith';
  return anyOf(
    patterns(said, scalar, placeholders).map((found) => test(textTest(null, found.around(before, after), said.cased))),
  );
}

function textOrNull(said: FieldKey, field: string, scalar: YamlScalar, placeholders: Placeholders): Expression {
  if (scalar.value === null) {
    if (said.place !== 'equals' || said.encodings.length > 0) throw new Error(`null does not go with "${said.place}"`);
    return test(missingTest(field));
  }
  const before = said.place === 'contains' || said.place === 'endswith';
  const after = said.place === 'contains' || said.place === 'startswith';
  return anyOf(
    patterns(said, scalar, placeholders).map((found) => test(textTest(field, found.around(before, after), said.cased))),
  );
}

function numeric({ comparison, timePart }: FieldKey, field: string, scalar: YamlScalar): Expression {
  const value = typeof scalar.value === 'number' ? scalar.value : Number(scalar.text.trim() || Number.NaN);
  if (!Number.isFinite(value)) throw new Error(`"${scalar.text.slice(0, 50)}" is not a number`);
  return test(
    timePart === undefined ? numberTest(field, comparison, value) : timePartTest(field, timePart, comparison, value),
  );
}

function exists(field: string, { value, text }: YamlScalar): Expression {
  const wanted =
    typeof value === 'boolean' ? value : { true: true, false: false, yes: true, no: false }[text.toLowerCase()];
  if (wanted === undefined) throw new Error('"exists" needs true or false');
  return wanted ? test(existsTest(field)) : negated(test(existsTest(field)));
}

function texts({ expand }: FieldKey, scalar: YamlScalar, placeholders: Placeholders): string[] {
  if (scalar.value === null) throw new Error('null cannot be used here');
  return expand ? expandPlaceholders(scalar.text, placeholders) : [scalar.text];
}

function patterns(said: FieldKey, scalar: YamlScalar, placeholders: Placeholders): TextPattern[] {
  let found = texts(said, scalar, placeholders).map(readPattern);
  // After UTF-16 a text is bytes; before it, Base64 encodes its UTF-8.
  let bytes = false;
  for (const encoding of said.encodings) {
    if (encoding === 'windash') {
      found = found.map(withAnyDash);
      continue;
    }
    const isBytes = bytes;
    found = found.flatMap((pattern) => {
      if (pattern.plain === undefined) throw new Error(`"${encoding}" encodes plain texts, not ones with wildcards`);
      return encoded(encoding, pattern.plain, isBytes).map(plainPattern);
    });
    bytes = encoding.startsWith('utf16');
  }
  return found;
}

function encoded(encoding: Exclude<FieldKey['encodings'][number], 'windash'>, text: string, bytes: boolean): string[] {
  if (encoding === 'base64') return [base64(bytes ? text : utf8(text))];
  if (encoding === 'base64offset') return base64Offsets(bytes ? text : utf8(text));
  return [utf16(text, encoding === 'utf16be' ? 'be' : 'le', encoding === 'utf16')];
}

function pattern({ regexFlags, place }: FieldKey, text: string) {
  // A pattern is found anywhere; where it must begin or end is said by its own anchors or by these modifiers.
  const anchored = place === 'startswith' ? `^(?:${text})` : place === 'endswith' ? `(?:${text})$` : text;
  return linearPattern(anchored, regexFlags);
}

function range(text: string) {
  const read = readIpRange(text);
  if (read === undefined) throw new Error(`"${text.slice(0, 50)}" is not a network like 10.0.0.0/8 or fe80::/10`);
  return read;
}

function test(predicate: Predicate): Expression {
  return { kind: 'test', predicate };
}
