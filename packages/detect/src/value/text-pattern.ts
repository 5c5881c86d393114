/** What a pattern matches as a whole. `glob` is anything that the simpler shapes cannot say. */
export type PatternShape = 'equals' | 'prefix' | 'suffix' | 'contains' | 'anything' | 'glob';

/** Any run of characters, exactly one character, and one of the dashes and the slash that Windows takes for one another. */
export const anyRun: unique symbol = Symbol('*');
export const anyOne: unique symbol = Symbol('?');
export const anyDash: unique symbol = Symbol('-');
export type PatternPart = string | typeof anyRun | typeof anyOne | typeof anyDash;

const dashes = '-/–—―';

/** A Sigma string: literal text with wildcards. Immutable. */
export class TextPattern {
  readonly parts: readonly PatternPart[];
  readonly shape: PatternShape;
  /** The literal of every shape but `glob` and `anything`, where it is the longest literal piece. */
  readonly literal: string;

  constructor(parts: readonly PatternPart[]) {
    this.parts = normalised(parts);
    this.shape = shapeOf(this.parts);
    this.literal = this.parts.reduce<string>(
      (longest, part) => (typeof part === 'string' && part.length > longest.length ? part : longest),
      '',
    );
  }

  /** Tells patterns apart. */
  get key(): string {
    return this.parts
      .map((part) => (typeof part === 'string' ? `"${part}"` : part === anyRun ? '*' : part === anyOne ? '?' : '-'))
      .join('\u0001');
  }

  /** The text when there is no wildcard in it. */
  get plain(): string | undefined {
    return this.shape === 'equals' ? this.literal : undefined;
  }

  lower(): TextPattern {
    return new TextPattern(this.parts.map((part) => (typeof part === 'string' ? part.toLowerCase() : part)));
  }

  around(before: boolean, after: boolean): TextPattern {
    const run: readonly PatternPart[] = [anyRun];
    return new TextPattern([...(before ? run : []), ...this.parts, ...(after ? run : [])]);
  }

  /** Whether the whole text is as the pattern says; linear in text × pattern at worst. */
  test(text: string): boolean {
    const { literal } = this;
    switch (this.shape) {
      case 'equals':
        return text === literal;
      case 'prefix':
        return text.startsWith(literal);
      case 'suffix':
        return text.endsWith(literal);
      case 'contains':
        return text.includes(literal);
      case 'anything':
        return true;
      case 'glob':
        return globMatches(this.parts, text);
    }
  }
}

/** A literal as it is, wildcards and escapes without meaning. */
export function plainPattern(text: string): TextPattern {
  return new TextPattern([text]);
}

/**
 * Reads a Sigma string: `*` and `?` are wildcards, `\` takes the meaning from a wildcard or a backslash after it and is
 * itself before anything else.
 */
export function readPattern(text: string): TextPattern {
  const parts: PatternPart[] = [];
  let literal = '';
  for (let at = 0; at < text.length; at++) {
    const c = text[at] as string;
    const next = text[at + 1];
    if (c === '\\' && (next === '\\' || next === '*' || next === '?')) {
      literal += next;
      at++;
    } else if (c === '*' || c === '?') {
      parts.push(literal, c === '*' ? anyRun : anyOne);
      literal = '';
    } else literal += c;
  }
  return new TextPattern([...parts, literal]);
}

/** The pattern with every `-` and `/` that begins an option (nothing of a word before it, a word after) standing for any dash. */
export function withAnyDash(pattern: TextPattern): TextPattern {
  const parts = pattern.parts.flatMap((part): PatternPart[] => {
    if (typeof part !== 'string') return [part];
    const pieces = part.split(/\B[-/]\b/u);
    return pieces.flatMap((piece, n): PatternPart[] => (n === 0 ? [piece] : [anyDash, piece]));
  });
  return new TextPattern(parts);
}

function normalised(parts: readonly PatternPart[]): PatternPart[] {
  const kept: PatternPart[] = [];
  for (const part of parts) {
    const last = kept.at(-1);
    if (part === '' || (part === anyRun && last === anyRun)) continue;
    if (typeof part === 'string' && typeof last === 'string') kept[kept.length - 1] = last + part;
    else kept.push(part);
  }
  return kept.length === 0 ? [''] : kept;
}

function shapeOf(parts: readonly PatternPart[]): PatternShape {
  const [first, second, third] = parts;
  if (parts.length === 1) return typeof first === 'string' ? 'equals' : first === anyRun ? 'anything' : 'glob';
  if (parts.length === 2 && second === anyRun && typeof first === 'string') return 'prefix';
  if (parts.length === 2 && first === anyRun && typeof second === 'string') return 'suffix';
  if (parts.length === 3 && first === anyRun && third === anyRun && typeof second === 'string') return 'contains';
  return 'glob';
}

// Greedy with one place to go back to, the last `*`: what stands between two `*` is found as early as possible.
function globMatches(parts: readonly PatternPart[], text: string): boolean {
  let part = 0;
  let at = 0;
  let star = -1;
  let starAt = 0;
  for (;;) {
    const current = parts[part];
    if (current === anyRun) {
      star = part++;
      starAt = at;
      continue;
    }
    if (current === undefined ? at === text.length : fits(current, text, at)) {
      if (current === undefined) return true;
      at += typeof current === 'string' ? current.length : 1;
      part++;
      continue;
    }
    if (star < 0) return false;
    const next = parts[star + 1];
    if (next === undefined) return true;
    // Straight to the next place where the text after the star can begin.
    starAt = typeof next === 'string' ? text.indexOf(next, starAt + 1) : starAt + 1;
    if (starAt < 0 || starAt > text.length) return false;
    at = starAt;
    part = star + 1;
  }
}

function fits(part: Exclude<PatternPart, typeof anyRun>, text: string, at: number): boolean {
  if (typeof part === 'string') return text.startsWith(part, at);
  if (at >= text.length) return false;
  return part === anyOne || dashes.includes(text[at] as string);
}
