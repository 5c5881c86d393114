import { z } from 'zod';

/** A hunting table and what it holds for whoever asks. */
export const huntingTableSummary = z.strictObject({
  name: z.string(),
  columns: z.array(
    z.strictObject({
      name: z.string(),
      type: z.enum(['bool', 'datetime', 'dynamic', 'guid', 'int', 'long', 'real', 'string']),
    }),
  ),
  rows: z.number().int(),
  /** As stored, compressed; null for whoever sees a part of the rows. */
  bytes: z.number().int().nullable(),
  /** `Timestamp` of the oldest and the newest row; null of an empty table. */
  oldest: z.string().nullable(),
  newest: z.string().nullable(),
});
export type HuntingTableSummary = z.infer<typeof huntingTableSummary>;

/** A record of telemetry as it came. */
export const rawRecord = z.strictObject({
  key: z.string(),
  source: z.string(),
  format: z.enum(['json', 'text']),
  text: z.string(),
  eventDateTime: z.string(),
  receivedDateTime: z.string(),
});
export type RawRecord = z.infer<typeof rawRecord>;

const days = z.number().int().min(1, 'is at least 1 day').max(36_500);
const tables = z.array(z.strictObject({ table: z.string().max(100), days }));

/** How long and how much telemetry is kept: days from when rows came in, bytes as stored. */
export const telemetryRetention = z.strictObject({
  days: z.number().int(),
  bytes: z.number().int().nullable(),
  tables,
  updatedDateTime: z.iso.datetime(),
  updatedBy: z.string(),
});

/** `tables` replaces the whole list. */
export const telemetryRetentionChange = z.strictObject({
  days: days.optional(),
  bytes: z
    .number()
    .int()
    .min(104_857_600, 'is at least 100 MiB')
    .max(2 ** 50)
    .nullable()
    .optional(),
  tables: tables.max(200).optional(),
  updatedDateTime: z.iso.datetime().max(40),
});
