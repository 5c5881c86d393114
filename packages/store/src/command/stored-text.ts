import { ChangeError } from './change-error.ts';

/**
 * Text as PostgreSQL can hold it: a lone surrogate becomes U+FFFD.
 *
 * @throws ChangeError `invalid` naming `target` when the text contains a NUL character.
 */
export function storedText(target: string, text: string): string {
  if (text.includes('\0')) {
    throw new ChangeError(
      'invalid',
      target,
      `${target} contains a NUL character, which no stored text can; remove it.`,
    );
  }
  return text.toWellFormed();
}
