const quantifier = /^(?:[*?+]|\{\d*,?\d*\})\??/;

/**
 * The longest text that must occur wherever a regular expression matches, as far as its outermost sequence tells; "" when it
 * tells nothing. Without regard to case, `s` and `k` are left out: other letters of Unicode fold to them.
 */
export function requiredLiteral(source: string, ignoreCase: boolean): string {
  let longest = '';
  let run = '';
  const end = () => {
    if (run.length > longest.length) longest = run;
    run = '';
  };
  for (let at = 0; at < source.length; ) {
    const c = source[at] as string;
    // An alternative, or a flag that may change what characters mean, in the middle: nothing is certain.
    if (c === '|') return '';
    if (c === '(') {
      if (source.startsWith('(?', at) && !source.startsWith('(?:', at) && !source.startsWith('(?i)', at)) return '';
      const close = closing(source, at);
      if (close < 0) return '';
      end();
      at = skipQuantifier(source, close + 1);
      continue;
    }
    if (c === '[') {
      const close = classEnd(source, at);
      if (close < 0) return '';
      end();
      at = skipQuantifier(source, close + 1);
      continue;
    }
    const escaped = c === '\\';
    const literal = escaped ? escapedLiteral(source[at + 1]) : '.^$)*+?{}]'.includes(c) ? undefined : c;
    const next = at + (escaped ? 2 : 1);
    const repeated = quantifier.exec(source.slice(next, next + 16))?.[0] ?? '';
    if (literal === undefined) {
      // Escapes like \x41 or \pL take more than one character: what follows is no literal then.
      if (escaped && /[xpPQcu0-9]/.test(source[at + 1] ?? '')) return '';
      end();
    } else if (ignoreCase && /[sk]/i.test(literal)) end();
    else if (repeated === '') run += literal;
    else {
      // Once at least: the character ends the run, and what follows begins another.
      if (repeated.startsWith('+')) run += literal;
      end();
    }
    at = next + repeated.length;
  }
  end();
  return longest;
}

function escapedLiteral(c: string | undefined): string | undefined {
  if (c === undefined) return undefined;
  return /[^A-Za-z0-9]/.test(c) ? c : undefined;
}

function skipQuantifier(source: string, at: number): number {
  return at + (quantifier.exec(source.slice(at, at + 16))?.[0].length ?? 0);
}

function closing(source: string, open: number): number {
  let depth = 0;
  for (let at = open; at < source.length; at++) {
    const c = source[at];
    if (c === '\\') at++;
    else if (c === '[') {
      at = classEnd(source, at);
      if (at < 0) return -1;
    } else if (c === '(') depth++;
    else if (c === ')' && --depth === 0) return at;
  }
  return -1;
}

function classEnd(source: string, open: number): number {
  let at = open + 1;
  if (source[at] === '^') at++;
  if (source[at] === ']') at++;
  for (; at < source.length; at++) {
    if (source[at] === '\\') at++;
    else if (source.startsWith('[:', at)) at = Math.max(at, source.indexOf(':]', at) + 1);
    else if (source[at] === ']') return at;
  }
  return -1;
}
