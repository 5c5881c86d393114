import { z } from 'zod';

/** `{id}` of incidents, accounts, tokens, comments and dead letters; one beyond PostgreSQL's integer names nothing. */
export const numericId = z.strictObject({ id: z.coerce.number().int().min(1).max(2_147_483_647) });

/** `{id}` of alerts: opaque text. */
export const textId = z.strictObject({ id: z.string().min(1).max(500) });
