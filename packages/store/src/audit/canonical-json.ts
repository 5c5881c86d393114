/**
 * The one JSON text of a value: names in the order of their UTF-16 units, no spaces, `undefined` left out (RFC 8785 for
 * the values that our logs hold). Lone surrogates and NUL come out as escapes, so the text can be stored anywhere.
 * Throws TypeError for values JSON has no text for (bigint, circles).
 */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, part) => (isPlainObject(part) ? sorted(part) : part));
}

function sorted(object: Record<string, unknown>): Record<string, unknown> {
  // No prototype: an own key "__proto__" stays a key.
  const result: Record<string, unknown> = Object.create(null);
  for (const name of Object.keys(object).sort()) result[name] = object[name];
  return result;
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
