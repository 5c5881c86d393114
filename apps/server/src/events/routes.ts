import { groupOf } from '@throughline/access';
import {
  huntingTableSummary,
  rawRecord as rawRecordSchema,
  telemetryRetentionChange,
  telemetryRetention as telemetryRetentionSchema,
} from '@throughline/model';
import {
  changeTelemetryRetention,
  keepsTable,
  listHuntingTables,
  rawRecord,
  readTelemetryRetention,
  readTelemetryScope,
} from '@throughline/store';
import { z } from 'zod';
import type { Route } from '../api/route.ts';
import { route } from '../api/route.ts';
import { ApiError, found } from '../http/api-error.ts';
import { refuseConflict } from '../settings-api/refuse-conflict.ts';

const retention = telemetryRetentionSchema.meta({ id: 'TelemetryRetention' });
const retentionPath = '/api/settings/telemetry-retention';
const recordKey = z.strictObject({ key: z.string().regex(/^[0-9a-z]{9,11}-[\w-]{22}$/, 'is no key of a raw record') });

export const telemetryRoutes: Route[] = [
  route({
    method: 'get',
    path: '/api/hunting/tables',
    access: 'incidents.read',
    scoped: true,
    chapter: 'Hunting',
    summary: 'Hunting tables, their columns, and what they hold',
    description:
      'Rows, and the times of the oldest and newest, are of what the caller sees; bytes are null for who sees a part.',
    answer: z.strictObject({ tables: z.array(huntingTableSummary.meta({ id: 'HuntingTable' })) }),
    handle: async ({ db, hunting, principal }) => ({
      tables: await listHuntingTables(hunting, await readTelemetryScope(db, principal, groupOf)),
    }),
  }),
  route({
    method: 'get',
    path: '/api/events/raw/{key}',
    access: 'incidents.read',
    scoped: true,
    chapter: 'Hunting',
    summary: 'A record of telemetry as it came',
    description: '`key` is the `_record` of a row of a hunting table.',
    params: recordKey,
    answer: rawRecordSchema.meta({ id: 'RawRecord' }),
    handle: async ({ db, hunting, principal, params }) =>
      found(await rawRecord(hunting, await readTelemetryScope(db, principal, groupOf), params.key), 'record'),
  }),
  route({
    method: 'get',
    path: retentionPath,
    access: 'settings.read',
    chapter: 'Server',
    summary: 'How long and how much telemetry is kept',
    answer: retention,
    handle: ({ db, principal }) => readTelemetryRetention(db, principal.tenantId),
  }),
  route({
    method: 'patch',
    path: retentionPath,
    access: 'data.delete',
    audit: { action: 'settings.change', target: () => ({ kind: 'setting', id: 'telemetry-retention' }) },
    chapter: 'Server',
    summary: 'Change how long and how much telemetry is kept',
    description:
      'Days count from when rows came in, bytes are as stored. What is older, and of what is too much the oldest days, is ' +
      'deleted for good within a quarter of an hour; today is never deleted. `tables` replaces the whole list; `_raw` are ' +
      'the raw records, by which a repeated delivery is recognised.',
    body: telemetryRetentionChange,
    answer: retention,
    refusals: [409],
    handle: async ({ db, principal: { tenantId, userName }, body, clock }) => {
      const unknown = body.tables?.find(({ table }) => !keepsTable(table));
      if (unknown !== undefined) {
        throw new ApiError(400, 'unknownTable', `There is no hunting table "${unknown.table}".`, {
          target: 'body.tables',
        });
      }
      return refuseConflict(() => changeTelemetryRetention(db, { tenantId, by: userName, now: clock() }, body));
    },
  }),
];
