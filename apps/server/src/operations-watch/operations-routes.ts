import { groupEffect, operationsView } from '@throughline/model';
import { conditionWords } from '@throughline/notify';
import {
  type Db,
  groupEffect as effectOnRules,
  listConditions,
  listDeviceGroups,
  listJobRuns,
} from '@throughline/store';
import { z } from 'zod';
import type { Route } from '../api/route.ts';
import { route } from '../api/route.ts';
import { found } from '../http/api-error.ts';
import { measureDisk } from './measure.ts';
import { watchJob } from './watch.ts';

const groupId = z.strictObject({
  id: z
    .string()
    .regex(/^\d{1,10}$/)
    .transform(Number)
    .pipe(z.int().max(2_147_483_647)),
});

export const operationsRoutes: Route[] = [
  route({
    method: 'get',
    path: '/api/notifications/operations',
    access: 'notifications.manage',
    chapter: 'Notifications',
    summary: 'What is wrong with the server now, what was, and how its recurring work goes',
    answer: operationsView.meta({ id: 'OperationsView' }),
    handle: async ({ db, principal, operations }) => {
      const [open, history, jobs, disk] = await Promise.all([
        shown(db, principal.tenantId, 'open'),
        shown(db, principal.tenantId, 'closed'),
        listJobRuns(db),
        measureDisk(operations.dataDir),
      ]);
      const lastLookDateTime = jobs.find(({ name }) => name === watchJob)?.lastSuccessDateTime ?? null;
      return { open, history, jobs, disk, databaseElsewhere: operations.databaseElsewhere, lastLookDateTime };
    },
  }),
  route({
    method: 'get',
    path: '/api/device-groups/{id}/rules',
    access: 'access.manage',
    chapter: 'Access',
    summary: 'What deleting a device group would do to notification rules',
    params: groupId,
    answer: groupEffect.meta({ id: 'GroupEffect' }),
    handle: async ({ db, principal, params }) => {
      found((await listDeviceGroups(db, principal.tenantId, params.id))[0], 'device group');
      return effectOnRules(db, principal.tenantId, params.id);
    },
  }),
];

async function shown(db: Db, tenantId: string, state: 'open' | 'closed') {
  const found = await listConditions(db, tenantId, state);
  return found.map(({ id, condition: kind, subject, facts, openedAt, closedAt, ruleName }) => {
    const words = conditionWords({ condition: kind, subject, facts });
    return { id, kind, subject, ...words, openedDateTime: openedAt, closedDateTime: closedAt, ruleName };
  });
}
