import {
  detectionChange,
  detectionDetail,
  detectionExceptionBody,
  detectionExceptionRow,
  detectionList,
} from '@throughline/model';
import { addException, changeRule, endException, listExceptions, ruleSettings } from '@throughline/store';
import { numericId, textId } from '../api/path-params.ts';
import { type Route, route } from '../api/route.ts';
import { ApiError, found } from '../http/api-error.ts';
import { shownRule, shownRules } from './shown-rules.ts';

const chapter = 'Detections';
const changed = { action: 'detection.change' } as const;
const detail = detectionDetail.meta({ id: 'DetectionDetail' });
/** Every match is compared with all of them. */
const mostExceptions = 1_000;

/** Detection rules: what they are, what they did, and what people decide about them. */
export const detectionRoutes: Route[] = [
  route({
    method: 'get',
    path: '/api/detections',
    access: 'incidents.read',
    chapter,
    summary: 'Detection rules, and those that cannot be used',
    description: 'By title. Counts, and the share of the time that rules take, are of the last 30 days (UTC).',
    answer: detectionList.meta({ id: 'DetectionList' }),
    handle: ({ db, ruleLibrary, principal: { tenantId }, clock }) =>
      shownRules({ db, ruleLibrary, tenantId, now: clock() }),
  }),
  route({
    method: 'get',
    path: '/api/detections/{id}',
    access: 'incidents.read',
    chapter,
    summary: 'A detection rule with its text, its days and its exceptions',
    params: textId,
    answer: detail,
    handle: async ({ db, ruleLibrary, principal: { tenantId }, clock, params }) =>
      found(await shownRule({ db, ruleLibrary, tenantId, now: clock() }, params.id), 'detection rule'),
  }),
  route({
    method: 'patch',
    path: '/api/detections/{id}',
    access: 'settings.manage',
    audit: { ...changed, target: ({ params }) => ({ kind: 'setting', id: `detection-rule-${params.id}` }) },
    chapter,
    summary: 'Enable or disable a rule, or say for how long its repeats fold',
    description: 'It holds for what comes in from then on.',
    params: textId,
    body: detectionChange,
    answer: detail,
    refusals: [404],
    handle: async ({ db, ruleLibrary, principal: { tenantId, userName }, clock, params, body }) => {
      const now = clock();
      const ruleId = params.id;
      found((await ruleLibrary(tenantId)).rules.get(ruleId), 'detection rule');
      const before = (await ruleSettings(db, tenantId)).find((each) => each.ruleId === ruleId);
      const { enabled = before?.enabled ?? true, windowMinutes = before?.windowMinutes ?? null, reason } = body;
      await changeRule(db, { tenantId, by: userName, now }, { ruleId, enabled, windowMinutes, reason });
      return found(await shownRule({ db, ruleLibrary, tenantId, now }, ruleId), 'detection rule');
    },
  }),
  route({
    method: 'post',
    path: '/api/detections/{id}/exceptions',
    access: 'settings.manage',
    audit: { ...changed, target: ({ params }) => ({ kind: 'setting', id: `detection-rule-${params.id}` }) },
    chapter,
    summary: 'Make an exception to a rule',
    description: 'Matches for which every condition holds are counted, and are no alert.',
    params: textId,
    body: detectionExceptionBody,
    answer: detectionExceptionRow.meta({ id: 'DetectionException' }),
    status: 201,
    refusals: [404, 409],
    handle: async ({ db, ruleLibrary, principal: { tenantId, userName }, clock, params, body }) => {
      found((await ruleLibrary(tenantId)).rules.get(params.id), 'detection rule');
      if (body.expiresDateTime !== null && Date.parse(body.expiresDateTime) <= clock().getTime()) {
        throw new ApiError(400, 'invalidRequest', 'An exception ends in the future, or never.', {
          target: 'body.expiresDateTime',
        });
      }
      if ((await listExceptions(db, tenantId)).length >= mostExceptions) {
        throw new ApiError(409, 'tooMany', `There are ${mostExceptions} exceptions, which is as many as may be.`);
      }
      const id = await addException(db, { tenantId, by: userName }, { ...body, ruleId: params.id });
      const made = (await listExceptions(db, tenantId)).find((each) => each.id === id);
      return found(made, 'exception');
    },
  }),
  route({
    method: 'delete',
    path: '/api/detection-exceptions/{id}',
    access: 'settings.manage',
    audit: { ...changed, target: ({ params }) => ({ kind: 'setting', id: `detection-exception-${params.id}` }) },
    chapter,
    summary: 'End an exception; its hits stay counted',
    params: numericId,
    refusals: [404],
    handle: async ({ db, principal: { tenantId, userName }, clock, params }) => {
      if (!(await endException(db, { tenantId, by: userName, now: clock() }, params.id))) {
        throw new ApiError(404, 'notFound', `There is no exception ${params.id}.`);
      }
    },
  }),
];
