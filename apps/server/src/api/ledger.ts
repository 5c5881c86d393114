import { ledger, sourceClock, sourceClocks } from '@throughline/model';
import { readLedger } from '@throughline/store';
import { readClocks } from '../operations-watch/read-clocks.ts';
import type { Route } from './route.ts';
import { route } from './route.ts';

export const ledgerRoutes: Route[] = [
  route({
    method: 'get',
    path: '/api/ledger',
    access: 'ledger.read',
    chapter: 'Intake',
    summary: 'What came in and what became of it, by source',
    description: 'received = stored + duplicate + rejected + pending, for every source.',
    answer: ledger.meta({ id: 'Ledger' }),
    handle: ({ db, principal }) => readLedger(db, principal.tenantId),
  }),
  route({
    method: 'get',
    path: '/api/ledger/clocks',
    access: 'ledger.read',
    chapter: 'Intake',
    summary: 'How far the clocks of sources are off, as far as arrival tells',
    description:
      'Arrival minus `createdDateTime` over the newest 5,000 alerts of a day, in milliseconds, with the devices that ' +
      'differ from the rest of their source.',
    answer: sourceClocks.extend({ items: sourceClock.meta({ id: 'SourceClock' }).array() }),
    handle: async ({ db, principal }) => ({ items: await readClocks(db, principal.tenantId) }),
  }),
];
