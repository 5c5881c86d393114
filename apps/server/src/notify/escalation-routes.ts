import {
  escalationPolicy,
  escalationPolicyBody,
  type OnCallSchedule,
  onCallSchedule,
  onCallScheduleBody,
} from '@throughline/model';
import { onCallAt, onCallTurns } from '@throughline/notify';
import {
  deletePolicy,
  deleteSchedule,
  listPolicies,
  listSchedules,
  type OnCallRow,
  savePolicy,
  saveSchedule,
} from '@throughline/store';
import { z } from 'zod';
import { numericId } from '../api/path-params.ts';
import type { Route } from '../api/route.ts';
import { route } from '../api/route.ts';
import { refusing } from './refuse.ts';

const access = 'notifications.manage';
const chapter = 'Notifications';
const audit = { action: 'notification.change' } as const;
const daysAhead = 14;

const policy = escalationPolicy.meta({ id: 'EscalationPolicy' });
const schedule = onCallSchedule.meta({ id: 'OnCallSchedule' });
const madeId = z.strictObject({ id: z.int() });

export const escalationRoutes: Route[] = [
  route({
    method: 'get',
    path: '/api/notifications/policies',
    access,
    chapter,
    summary: 'Escalation policies by name',
    answer: z.strictObject({ items: z.array(policy) }),
    handle: async ({ db, principal }) => ({ items: await listPolicies(db, principal.tenantId) }),
  }),
  route({
    method: 'post',
    path: '/api/notifications/policies',
    access,
    audit,
    chapter,
    summary: 'Make an escalation policy',
    body: escalationPolicyBody,
    answer: policy,
    status: 201,
    refusals: [409],
    handle: ({ db, principal, body, clock }) =>
      refusing(() => savePolicy(db, principal.tenantId, undefined, body, { by: principal.userName, now: clock() })),
  }),
  route({
    method: 'patch',
    path: '/api/notifications/policies/{id}',
    access,
    audit,
    chapter,
    summary: 'Replace an escalation policy; escalations under way go on as they began',
    params: numericId,
    body: escalationPolicyBody,
    answer: policy,
    refusals: [409],
    handle: ({ db, principal, params, body, clock }) =>
      refusing(() => savePolicy(db, principal.tenantId, params.id, body, { by: principal.userName, now: clock() })),
  }),
  route({
    method: 'delete',
    path: '/api/notifications/policies/{id}',
    access,
    audit,
    chapter,
    summary: 'Remove an escalation policy that no rule uses',
    params: numericId,
    refusals: [409],
    handle: ({ db, principal, params }) => refusing(() => deletePolicy(db, principal.tenantId, params.id)),
  }),
  route({
    method: 'get',
    path: '/api/notifications/schedules',
    access,
    chapter,
    summary: 'On-call schedules by name, with who is on call now and in the next 14 days',
    answer: z.strictObject({ items: z.array(schedule) }),
    handle: async ({ db, principal, clock }) => ({
      items: (await listSchedules(db, principal.tenantId)).map((row) => withTurns(row, clock())),
    }),
  }),
  route({
    method: 'post',
    path: '/api/notifications/schedules',
    access,
    audit,
    chapter,
    summary: 'Make an on-call schedule',
    body: onCallScheduleBody,
    answer: madeId,
    status: 201,
    refusals: [409],
    handle: ({ db, principal, body, clock }) =>
      refusing(async () => ({
        id: await saveSchedule(db, principal.tenantId, undefined, body, { by: principal.userName, now: clock() }),
      })),
  }),
  route({
    method: 'patch',
    path: '/api/notifications/schedules/{id}',
    access,
    audit,
    chapter,
    summary: 'Replace an on-call schedule',
    params: numericId,
    body: onCallScheduleBody,
    answer: madeId,
    refusals: [409],
    handle: ({ db, principal, params, body, clock }) =>
      refusing(async () => ({
        id: await saveSchedule(db, principal.tenantId, params.id, body, { by: principal.userName, now: clock() }),
      })),
  }),
  route({
    method: 'delete',
    path: '/api/notifications/schedules/{id}',
    access,
    audit,
    chapter,
    summary: 'Remove an on-call schedule that no policy uses',
    params: numericId,
    refusals: [409],
    handle: ({ db, principal, params }) => refusing(() => deleteSchedule(db, principal.tenantId, params.id)),
  }),
];

function withTurns(row: OnCallRow, now: Date): OnCallSchedule {
  const from = now.getTime();
  const turns = onCallTurns(row, from, from + daysAhead * 86_400_000).map((turn) => ({
    ...turn,
    from: new Date(turn.from).toISOString(),
    to: new Date(turn.to).toISOString(),
  }));
  return { ...row, turns, now: onCallAt(row, from) ?? { name: '', mail: '' } };
}
