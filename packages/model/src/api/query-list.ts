import { z } from 'zod';

/** A query parameter that may be repeated: one value or up to 50, always read as a list. */
export function repeated(item: z.ZodType<string>) {
  return z
    .union([item, z.array(item).max(50)])
    .transform((value) => (Array.isArray(value) ? value : [value]))
    .optional();
}

/** A word of a filter. */
export const filterWord = z.string().min(1).max(200);
