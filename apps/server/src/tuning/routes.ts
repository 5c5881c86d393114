import type { Principal } from '@throughline/access';
import {
  ruleGroups,
  tuningMatches,
  tuningPreview,
  tuningRelease,
  tuningReleaseBody,
  tuningRule,
  tuningRuleBody,
  tuningRuleChange,
} from '@throughline/model';
import {
  createTuningRule,
  deleteTuningRule,
  groupsForRules,
  listTuningRules,
  matchesOfRule,
  readTuningRule,
  updateTuningRule,
} from '@throughline/store';
import { z } from 'zod';
import { numericId } from '../api/path-params.ts';
import { type Route, route } from '../api/route.ts';
import { shownTuningRule } from './author-standing.ts';
import { checkRule, refusing } from './check-rule.ts';
import { previewTuning } from './preview-rule.ts';
import { releaseHidden, requireRule } from './release-hidden.ts';

const access = 'tuning.manage';
const chapter = 'Alerts';
const rule = tuningRule.meta({ id: 'TuningRule' });

function changeBy({ principal, clock }: { principal: Principal; clock: () => Date }) {
  return { by: principal.userName, now: clock(), author: principal.accountId };
}

/** Routes of alert tuning. Fixed names come before `{id}`. */
export const tuningRoutes: Route[] = [
  route({
    method: 'get',
    path: '/api/tuning-rules',
    access,
    scoped: true,
    chapter,
    summary: 'Tuning rules by name',
    answer: z.strictObject({ items: z.array(rule) }),
    handle: async ({ db, principal, clock }) => ({
      items: (await listTuningRules(db, principal)).map((each) => shownTuningRule(each, principal.tenantId, clock())),
    }),
  }),
  route({
    method: 'post',
    path: '/api/tuning-rules',
    access,
    scoped: true,
    audit: { action: 'tuning.change' },
    chapter,
    summary: 'Make a tuning rule',
    description:
      'It is asked of alerts that come in from now on. People with device groups make rules about their own groups only; people who see only some data sources make none.',
    body: tuningRuleBody,
    answer: rule,
    status: 201,
    refusals: [404, 409],
    handle: (call) =>
      refusing(async () => {
        checkRule(call.body);
        const made = await createTuningRule(call.db, call.principal, call.body, changeBy(call));
        return shownTuningRule(made, call.principal.tenantId, call.clock());
      }),
  }),
  route({
    method: 'post',
    path: '/api/tuning-rules/preview',
    access,
    scoped: true,
    audit: { action: 'tuning.preview', summed: () => ({ previews: 1 }) },
    chapter,
    summary: 'What a tuning rule would have done in the last 30 days',
    description: 'Nothing is stored. It looks for at most five seconds, the newest alerts first.',
    body: tuningRuleBody,
    answer: tuningPreview.meta({ id: 'TuningPreview' }),
    handle: ({ db, principal, body, clock }) =>
      refusing(async () => {
        checkRule(body);
        return previewTuning(db, principal, body, clock());
      }),
  }),
  route({
    method: 'get',
    path: '/api/tuning-rules/device-groups',
    access,
    scoped: true,
    chapter,
    summary: 'Device groups that a tuning rule of the caller may be about',
    description: '−1 stands for alerts that name no device.',
    answer: ruleGroups,
    handle: async ({ db, principal }) => ({
      items: await groupsForRules(db, principal),
      all: principal.groups === null,
    }),
  }),
  route({
    method: 'get',
    path: '/api/tuning-rules/{id}',
    access,
    scoped: true,
    chapter,
    summary: 'A tuning rule',
    params: numericId,
    answer: rule,
    handle: ({ db, principal, params, clock }) =>
      refusing(async () =>
        shownTuningRule(await readTuningRule(db, principal, params.id), principal.tenantId, clock()),
      ),
  }),
  route({
    method: 'get',
    path: '/api/tuning-rules/{id}/matches',
    access,
    scoped: true,
    chapter,
    summary: 'What became of the alerts of a tuning rule, and how many came in each day',
    description:
      'Alerts that were deleted since are not counted. The alerts themselves: GET /api/alerts?tuningRule={id}.',
    params: numericId,
    answer: tuningMatches.meta({ id: 'TuningMatches' }),
    handle: ({ db, principal, params, clock }) =>
      refusing(async () => {
        await requireRule(db, principal, params.id);
        return matchesOfRule(db, principal, params.id, clock());
      }),
  }),
  route({
    method: 'post',
    path: '/api/tuning-rules/{id}/release',
    access,
    scoped: true,
    audit: {
      action: 'tuning.release',
      target: ({ params }) => ({ kind: 'tuningRule', id: String(params.id) }),
      details: ({ body }, answer) => ({
        after: {
          alerts: body.alertIds?.slice(0, 100) ?? 'all',
          note: body.note,
          released: answer && 'released' in answer ? answer.released : undefined,
        },
      }),
    },
    chapter,
    summary: 'Release alerts that a tuning rule hides into the queue',
    description:
      'A hidden group that is released whole becomes an incident and keeps its number; a part of one goes to a new incident. Releases for some seconds and says how many remain: ask again until none does. Turn the rule off first, or it goes on hiding what comes in. Who sees everything also releases what a deleted rule hid.',
    params: numericId,
    body: tuningReleaseBody,
    answer: tuningRelease.meta({ id: 'TuningRelease' }),
    refusals: [404, 409, 503],
    handle: (call) => refusing(() => releaseHidden(call, call.principal, call.params.id, call.body)),
  }),
  route({
    method: 'patch',
    path: '/api/tuning-rules/{id}',
    access,
    scoped: true,
    audit: { action: 'tuning.change' },
    chapter,
    summary: 'Change a tuning rule, or turn it on or off',
    description: 'What is left out stays. Alerts to which an earlier version applied stay as they are.',
    params: numericId,
    body: tuningRuleChange,
    answer: rule,
    refusals: [409],
    handle: (call) =>
      refusing(async () => {
        const { db, principal, params, body } = call;
        const changed = await updateTuningRule(
          db,
          principal,
          params.id,
          (before) => {
            const after = tuningRuleBody.parse({ ...before, ...body });
            checkRule(after);
            return after;
          },
          changeBy(call),
        );
        return shownTuningRule(changed, principal.tenantId, call.clock());
      }),
  }),
  route({
    method: 'delete',
    path: '/api/tuning-rules/{id}',
    access,
    scoped: true,
    audit: { action: 'tuning.change' },
    chapter,
    summary: 'Remove a tuning rule; alerts to which it applied stay as they are',
    params: numericId,
    handle: ({ db, principal, params }) => refusing(() => deleteTuningRule(db, principal, params.id)),
  }),
];
