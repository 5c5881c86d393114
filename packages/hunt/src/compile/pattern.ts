import { HuntError } from '../hunt-error.ts';
import { quote, type Sql } from './sql.ts';

/**
 * A regular expression as the engine takes it. Both speak RE2, but the engine's dot also matches line ends. What RE2
 * does not have is refused here, with the position, where the query says it.
 *
 * @throws HuntError for look-around and back-references.
 */
export function checkedPattern(pattern: Sql, at: number): string {
  if (typeof pattern.constant !== 'string') return `concat('(?-s)', ${pattern.sql})`;
  return quote(`(?-s)${checkedText(pattern.constant, at)}`);
}

/** The pattern itself, when RE2 has all that it uses. */
export function checkedText(text: string, at: number): string {
  if (/\(\?(?:[=!]|<[=!])/.test(text)) {
    throw new HuntError('unsupported', 'Look-around in a regular expression is not supported; RE2 has none.', at);
  }
  if (/(?<!\\)(?:\\\\)*\\[1-9]/.test(text)) {
    throw new HuntError('unsupported', 'Back-references in a regular expression are not supported; RE2 has none.', at);
  }
  return text;
}
