import { demoBatches, demoExpectation } from '@throughline/content/demo';
import { firstRun, intakeReceipt } from '@throughline/model';
import { type Db, firstRunFacts, hasProviderAlert } from '@throughline/store';
import { ApiError } from '../http/api-error.ts';
import { takeBodies } from '../intake/take-body.ts';
import type { Route } from './route.ts';
import { route } from './route.ts';

export const firstRunRoutes: Route[] = [
  route({
    method: 'get',
    path: '/api/first-run',
    access: 'incidents.read',
    scoped: true,
    chapter: 'Server',
    summary: 'How far the first steps are',
    answer: firstRun.meta({ id: 'FirstRun' }),
    handle: async ({ db, principal: { tenantId, accountId } }) => ({
      demoLoaded: await isDemoLoaded(db, tenantId),
      ...(await firstRunFacts(db, tenantId, accountId)),
    }),
  }),
  route({
    method: 'post',
    path: '/api/demo',
    access: 'demo.load',
    audit: { action: 'demo.load' },
    chapter: 'Server',
    summary: 'Load the demo attack through the real intake',
    description: 'The story ends a few minutes before now. It is loaded once.',
    answer: intakeReceipt.pick({ received: true, accepted: true, rejected: true }),
    status: 202,
    refusals: [409],
    handle: async ({ db, principal: { tenantId }, clock, intake }) => {
      if (await isDemoLoaded(db, tenantId)) throw new ApiError(409, 'demoLoaded', 'The demo attack is loaded already.');
      const bodies = demoBatches(clock()).map(({ source, body }) => ({ source, bytes: Buffer.from(body) }));
      const { received, accepted, rejected } = await takeBodies(intake, bodies, tenantId);
      return { received, accepted, rejected };
    },
  }),
];

function isDemoLoaded(db: Db, tenantId: string): Promise<boolean> {
  return hasProviderAlert(db, tenantId, [...demoExpectation.attackIds]);
}
