import { demoExpectation } from '@throughline/content/demo';
import {
  choicePreview as choicePreviewSchema,
  deletion as deletionSchema,
  sourceDeletionBody,
} from '@throughline/model';
import {
  type AlertChoice,
  type Db,
  listDeletions,
  listSourceSettings,
  previewChoice,
  startChoice,
} from '@throughline/store';
import { z } from 'zod';
import type { Route } from '../api/route.ts';
import { route } from '../api/route.ts';
import { ApiError, found } from '../http/api-error.ts';

const deletion = deletionSchema.meta({ id: 'Deletion' });
const choicePreview = choicePreviewSchema.meta({ id: 'ChoicePreview' });
const sourceParams = z.strictObject({ source: z.string().min(1).max(100) });
const demo: AlertChoice = {
  kind: 'demo',
  ids: [...demoExpectation.attackIds, ...demoExpectation.backgroundIds],
  domain: demoExpectation.domain,
};

/** What is deleted by where it came from: the demo, and all that a source sent. */
export const choiceRoutes: Route[] = [
  route({
    method: 'get',
    path: '/api/demo/preview',
    access: 'settings.read',
    chapter: 'Server',
    summary: 'What wiping the demo would delete',
    description: 'Nothing is deleted.',
    answer: choicePreview,
    handle: ({ db, principal }) => previewChoice(db, principal.tenantId, demo),
  }),
  route({
    method: 'delete',
    path: '/api/demo',
    access: 'data.delete',
    audit: { action: 'data.delete', target: () => ({ kind: 'demo', id: 'demo' }) },
    chapter: 'Server',
    summary: 'Delete everything that the demo sent',
    description:
      'Incidents that hold only alerts of the demo go whole; out of others its alerts are taken, and the rest stays. It ' +
      'goes in the background. Afterwards the demo can be loaded again.',
    answer: deletion,
    status: 202,
    refusals: [404],
    handle: ({ db, principal: { tenantId, userName }, clock }) =>
      start(db, { tenantId, by: userName, now: clock() }, demo, 'Demo data wiped', 'demo data'),
  }),
  route({
    method: 'get',
    path: '/api/settings/sources/{source}/deletion',
    access: 'settings.read',
    chapter: 'Server',
    summary: 'What deleting all data of a source would take',
    description: 'Nothing is deleted.',
    params: sourceParams,
    answer: choicePreview,
    handle: async ({ db, principal: { tenantId }, params: { source } }) => {
      const sources = await listSourceSettings(db, tenantId);
      found(
        sources.find((one) => one.source === source),
        'source',
      );
      return previewChoice(db, tenantId, { kind: 'source', source });
    },
  }),
  route({
    method: 'post',
    path: '/api/settings/sources/{source}/deletion',
    access: 'data.delete',
    audit: { action: 'data.delete', target: ({ params }) => ({ kind: 'source', id: params.source }) },
    chapter: 'Server',
    summary: 'Delete all data of a source for good',
    description:
      'Its alerts and dead letters, and incidents that hold nothing else; out of others its alerts are taken. `confirm` ' +
      'repeats its name. What it sends from now on stays, and the ledger keeps its counts.',
    params: sourceParams,
    body: sourceDeletionBody,
    answer: deletion,
    status: 202,
    refusals: [404],
    handle: ({ db, principal: { tenantId, userName }, params: { source }, body, clock }) => {
      if (body.confirm.trim() !== source) {
        throw new ApiError(400, 'notConfirmed', `"confirm" is not the name of the source, "${source}".`, {
          target: 'body.confirm',
        });
      }
      const changer = { tenantId, by: userName, now: clock() };
      return start(db, changer, { kind: 'source', source }, body.reason, 'data of this source');
    },
  }),
];

async function start(
  db: Db,
  changer: { tenantId: string; by: string; now: Date },
  choice: AlertChoice,
  reason: string,
  what: string,
) {
  const id = found(await startChoice(db, changer, choice, reason), what);
  const [made] = await listDeletions(db, changer.tenantId, id);
  return found(made, 'deletion');
}
