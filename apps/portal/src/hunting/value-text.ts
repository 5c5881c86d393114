/** A value of a result as one line of text; null and empty are empty. */
export function valueText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** A value on several lines where it has parts: JSON is set out. */
export function longText(value: unknown): string {
  const parsed = typeof value === 'string' && /^\s*[[{]/.test(value) ? parse(value) : value;
  return typeof parsed === 'object' && parsed !== null ? JSON.stringify(parsed, null, 2) : valueText(value);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
