import { RE2JS } from 're2js';

/** A regular expression that takes time linear in the text, whatever pattern and text are. */
export type LinearPattern = {
  key: string;
  /** Finds the pattern anywhere in the text. */
  test(text: string): boolean;
  source: string;
  ignoreCase: boolean;
};

/** Longer patterns are refused. */
const longestPattern = 4_000;

/**
 * Compiles the pattern of a rule, with flags `i`, `m`, `s`. Patterns without repetition that could backtrack run on the
 * engine's own regular expressions, all others on RE2's automata.
 * @throws Error with the reason when it is malformed or needs what cannot be done in linear time (back references, lookaround)
 */
export function linearPattern(source: string, flags: string): LinearPattern {
  if (source.length > longestPattern) throw new Error(`the pattern is longer than ${longestPattern} characters`);
  const ignoreCase = flags.includes('i') || /^\(\?[msU]*i/.test(source);
  const test = native(source, flags) ?? automaton(source, flags);
  return { key: `${[...flags].sort().join('')}/${source}`, test, source, ignoreCase };
}

function automaton(source: string, flags: string): (text: string) => boolean {
  let pattern: RE2JS;
  try {
    pattern = RE2JS.compile(
      source,
      (flags.includes('i') ? RE2JS.CASE_INSENSITIVE : 0) |
        (flags.includes('m') ? RE2JS.MULTILINE : 0) |
        (flags.includes('s') ? RE2JS.DOTALL : 0),
    );
  } catch (error) {
    throw new Error(`the regular expression cannot be used: ${(error as Error).message}`);
  }
  return (text) => pattern.test(text);
}

// Only what cannot backtrack more than a bounded number of steps from each start: pieces repeated at most a few times, and
// one open repetition at the very end, where every further character is a match already.
const bounded =
  /^(?:\\[\\.^$|?*+()[\]{}\-"'/:dws]|\[\^?(?:\\[\\\]dws^\-./]|[^\\\]^[])+\]|[^\\.^$|?*+()[\]{}])(?:\{\d{1,2}(?:,\d{1,2})?\}|\?)?/;

function native(source: string, flags: string): ((text: string) => boolean) | undefined {
  let rest = source;
  let choices = 1;
  while (rest !== '') {
    const piece = bounded.exec(rest)?.[0];
    if (piece === undefined) {
      if (rest === '$' && !flags.includes('m')) break;
      return undefined;
    }
    const range = /\{(\d+)(?:,(\d+))?\}$/.exec(piece);
    if (range !== null) choices *= Number(range[2] ?? range[1]) - Number(range[1]) + 1;
    else if (piece.endsWith('?') && !piece.endsWith('\\?')) choices *= 2;
    if (choices > 64) return undefined;
    rest = rest.slice(piece.length);
  }
  // A class with `w`, `d` or `s` means the same to both engines for ASCII; what lies beyond differs for \s and for /i.
  if (/\\[ws]/.test(source) || (flags.includes('i') && /[^ -~]/.test(source))) return undefined;
  try {
    const pattern = new RegExp(source, flags.replace(/[^ims]/g, ''));
    return (text) => pattern.test(text);
  } catch {
    return undefined;
  }
}
