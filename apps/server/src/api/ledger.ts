import { ledger } from '@throughline/model';
import { readLedger } from '@throughline/store';
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
];
