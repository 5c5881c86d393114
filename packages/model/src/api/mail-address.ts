import { z } from 'zod';

/**
 * One line of text, at most `most` characters. Control characters end or hide a line; in names and addresses they are
 * always a mistake or an attack.
 */
export function oneLineText(most: number) {
  return z
    .string()
    .trim()
    .min(1)
    .max(most)
    .refine((text) => text.isWellFormed() && !/\p{Cc}/u.test(text), 'expected text without control characters');
}

/** An address a mail can go to: one mailbox, no display name, no line breaks. */
export const mailAddress = z
  .email({
    pattern:
      /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)*[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/,
  })
  .max(254);
