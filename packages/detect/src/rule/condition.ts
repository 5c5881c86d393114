import { allOf, anyOf, type Expression, negated } from '../predicate/expression.ts';

const token = /\s*(?:([()|])|([^\s()|]+))/y;
const mostTokens = 2_000;

/**
 * What a condition like `selection and not 1 of filter_*` demands of the search identifiers.
 * `or` binds least, then `and`, then `not`; `them` leaves out names that begin with `_`.
 * @throws Error saying what is wrong with the condition
 */
export function readCondition(text: string, identifiers: ReadonlyMap<string, Expression>): Expression {
  const tokens = tokensOf(text);
  let at = 0;
  let depth = 0;
  const peek = () => tokens[at]?.toLowerCase();

  const expression = readOr();
  if (at < tokens.length) {
    if (tokens[at] === '|') throw new Error('aggregations after "|" are Sigma 1; write a correlation rule instead');
    throw new Error(`the condition has "${tokens[at]}" where "and", "or" or its end would be`);
  }
  return expression;

  function readOr(): Expression {
    const parts = [readAnd()];
    while (peek() === 'or') {
      at++;
      parts.push(readAnd());
    }
    return anyOf(parts);
  }

  function readAnd(): Expression {
    const parts = [readNot()];
    while (peek() === 'and') {
      at++;
      parts.push(readNot());
    }
    return allOf(parts);
  }

  function readNot(): Expression {
    let turns = 0;
    while (peek() === 'not') {
      at++;
      turns++;
    }
    const part = readOperand();
    return turns % 2 === 1 ? negated(part) : part;
  }

  function readOperand(): Expression {
    const word = tokens[at++];
    if (word === undefined) throw new Error('the condition ends where a search identifier would be');
    if (word === '(') {
      if (++depth > 50) throw new Error('the condition has more than 50 brackets in one another');
      const inner = readOr();
      depth--;
      if (tokens[at++] !== ')') throw new Error('a bracket of the condition is not closed');
      return inner;
    }
    if (/^(?:1|any|all)$/i.test(word) && peek() === 'of') {
      at++;
      const named = manyNamed(tokens[at++]);
      return word.toLowerCase() === 'all' ? allOf(named) : anyOf(named);
    }
    const found = identifiers.get(word);
    if (found === undefined) throw new Error(`the condition names "${word}", which is no search identifier`);
    return found;
  }

  function manyNamed(pattern: string | undefined): Expression[] {
    if (pattern === undefined) throw new Error('the condition ends after "of"');
    const names =
      pattern.toLowerCase() === 'them' && !identifiers.has(pattern)
        ? [...identifiers.keys()].filter((name) => !name.startsWith('_'))
        : [...identifiers.keys()].filter(wildcard(pattern));
    if (names.length === 0) throw new Error(`no search identifier is called "${pattern}"`);
    return names.map((name) => identifiers.get(name) as Expression);
  }
}

function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  token.lastIndex = 0;
  const trimmed = text.trim();
  while (token.lastIndex < trimmed.length) {
    const match = token.exec(trimmed);
    if (match === null) break;
    tokens.push(match[1] ?? match[2] ?? '');
    if (tokens.length > mostTokens) throw new Error(`the condition has more than ${mostTokens} words`);
  }
  if (tokens.length === 0) throw new Error('the condition is empty');
  return tokens;
}

function wildcard(pattern: string): (name: string) => boolean {
  const pieces = pattern.split('*');
  return (name) => {
    if (pieces.length === 1) return name === pattern;
    const [first = '', ...others] = pieces;
    const last = others.pop() ?? '';
    if (!name.startsWith(first)) return false;
    let at = first.length;
    for (const piece of others) {
      const found = name.indexOf(piece, at);
      if (found < 0) return false;
      at = found + piece.length;
    }
    return name.length - last.length >= at && name.endsWith(last);
  };
}
