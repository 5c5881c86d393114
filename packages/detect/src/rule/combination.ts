import type { RuleCombination } from './rule.ts';

/**
 * Reads a temporal condition like `recon and (dump or copy) and not backup`. Every name must be one of `rules`, unless that
 * is empty.
 * @throws Error saying what is wrong
 */
export function readCombination(
  text: string,
  rules: readonly string[],
): { combination: RuleCombination; named: string[] } {
  const tokens = text.match(/[()]|[^\s()]+/g) ?? [];
  if (tokens.length > 500) throw new Error('the condition has more than 500 words');
  const named = new Set<string>();
  let at = 0;
  let depth = 0;
  const combination = readOr();
  if (at < tokens.length) throw new Error(`the condition has "${tokens[at]}" where "and", "or" or its end would be`);
  return { combination, named: [...named] };

  function readOr(): RuleCombination {
    return joined('or', readAnd);
  }

  function readAnd(): RuleCombination {
    return joined('and', readNot);
  }

  function joined(kind: 'and' | 'or', next: () => RuleCombination): RuleCombination {
    const parts = [next()];
    while (tokens[at]?.toLowerCase() === kind) {
      at++;
      parts.push(next());
    }
    return parts.length === 1 ? (parts[0] as RuleCombination) : { kind, parts };
  }

  function readNot(): RuleCombination {
    if (tokens[at]?.toLowerCase() !== 'not') return readOne();
    at++;
    if (++depth > 50) throw new Error('the condition is nested deeper than 50');
    const part = readNot();
    depth--;
    return { kind: 'not', part };
  }

  function readOne(): RuleCombination {
    const word = tokens[at++];
    if (word === '(') {
      if (++depth > 50) throw new Error('the condition is nested deeper than 50');
      const inner = readOr();
      depth--;
      if (tokens[at++] !== ')') throw new Error('a bracket of the condition is not closed');
      return inner;
    }
    if (word === undefined || word === ')') throw new Error('the condition ends where a rule would be named');
    if (rules.length > 0 && !rules.includes(word))
      throw new Error(`the condition names "${word}", which is none of its rules`);
    named.add(word);
    return { kind: 'rule', rule: word };
  }
}
