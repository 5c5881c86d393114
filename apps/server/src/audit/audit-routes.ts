import { auditFilter, auditPage, auditQuery, auditVerdict, auditState as stateSchema } from '@throughline/model';
import { auditState, exportAudit, listAudit, verifyAudit } from '@throughline/store';
import { z } from 'zod';
import { type Route, route } from '../api/route.ts';
import { textStream } from '../api/text-stream.ts';

const exportQuery = auditFilter.extend({ format: z.enum(['ndjson', 'csv']).default('ndjson') });
const mediaTypes = { ndjson: 'application/x-ndjson', csv: 'text/csv; charset=utf-8' };

export const auditRoutes: Route[] = [
  route({
    method: 'get',
    path: '/api/audit',
    access: 'audit.read',
    audit: { action: 'audit.read', details: ({ query }) => ({ query }) },
    chapter: 'Audit',
    summary: 'The audit log, newest first',
    description: 'A repeated parameter means "any of". Reading the log is an entry of the log itself.',
    query: auditQuery,
    answer: auditPage.meta({ id: 'AuditPage' }),
    handle: ({ db, principal, query }) => listAudit(db, principal.tenantId, query),
  }),
  route({
    method: 'get',
    path: '/api/audit/state',
    access: 'audit.read',
    chapter: 'Audit',
    summary: 'How long the chain is, when it was sealed, and how far its receivers are',
    answer: stateSchema.meta({ id: 'AuditState' }),
    handle: ({ db, principal }) => auditState(db, principal.tenantId),
  }),
  route({
    method: 'get',
    path: '/api/audit/verdict',
    access: 'audit.read',
    chapter: 'Audit',
    summary: 'Check the whole chain against its hashes and seals',
    description: 'Names the first entry that does not fit. Takes about a second for 50,000 entries.',
    answer: auditVerdict.meta({ id: 'AuditVerdict' }),
    handle: ({ db, principal, keys }) => verifyAudit(db, keys, principal.tenantId),
  }),
  route({
    method: 'get',
    path: '/api/audit/export',
    access: 'audit.read',
    audit: { action: 'audit.export', details: ({ query }) => ({ query }) },
    chapter: 'Audit',
    summary: 'Every entry of the filter, oldest first, as NDJSON or CSV',
    description: 'Cells that a spreadsheet would run as a formula are neutralised with an apostrophe.',
    query: exportQuery,
    media: 'application/x-ndjson',
    handle: ({ db, principal, query: { format, ...filter } }) =>
      textStream(exportAudit(db, principal.tenantId, filter, format), {
        'content-type': mediaTypes[format],
        'content-disposition': `attachment; filename="audit.${format}"`,
      }),
  }),
];
