/** `text` as a LIKE pattern that means itself. */
export function literally(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}

/** A LIKE pattern: contains `text`. */
export function containing(text: string): string {
  return `%${literally(text)}%`;
}

/** A LIKE pattern: begins with `text`. */
export function beginning(text: string): string {
  return `${literally(text)}%`;
}
