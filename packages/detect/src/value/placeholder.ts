/** Placeholder name → the texts it stands for, wildcards allowed. */
export type Placeholders = Readonly<Record<string, readonly string[]>>;

/** How many texts one value may become. */
const mostExpansions = 10_000;

/**
 * The texts that a value with `%placeholders%` stands for: all combinations. `\%` is a plain percent sign.
 * @throws Error naming a placeholder that is not defined, or when there would be too many texts
 */
export function expandPlaceholders(text: string, placeholders: Placeholders): string[] {
  let texts = [''];
  let at = 0;
  while (at < text.length) {
    const escaped = text.startsWith('\\%', at);
    const name = escaped ? undefined : /^%([^%\s]+)%/.exec(text.slice(at, at + 200))?.[1];
    if (name === undefined) {
      const piece = escaped ? '%' : (text[at] as string);
      texts = texts.map((begun) => begun + piece);
      at += escaped ? 2 : 1;
      continue;
    }
    const values = Object.hasOwn(placeholders, name) ? placeholders[name] : undefined;
    if (values === undefined) throw new Error(`the placeholder %${name}% is not defined here`);
    if (texts.length * values.length > mostExpansions) {
      throw new Error(`the placeholders give more than ${mostExpansions} values`);
    }
    texts = texts.flatMap((begun) => values.map((value) => begun + value));
    at += name.length + 2;
  }
  return texts;
}
