import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { AuditFilter, AuditPage, AuditState, AuditVerdict } from '@throughline/model';
import { api, queryText } from '../api/client.ts';

/** The log, newest first, a page at a time. Each reading is an entry of the log, so it is not read again unasked. */
export function auditEntriesQuery(filter: AuditFilter) {
  return infiniteQueryOptions({
    queryKey: ['audit', filter],
    queryFn: ({ pageParam, signal }) =>
      api<AuditPage>('/audit', { query: { ...filter, limit: 100, cursor: pageParam }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    refetchOnWindowFocus: false,
    placeholderData: (earlier) => earlier,
  });
}

export const auditStateQuery = queryOptions({
  queryKey: ['audit-state'],
  queryFn: ({ signal }) => api<AuditState>('/audit/state', { signal }),
  refetchInterval: 10_000,
});

/** Checks the whole chain. */
export function verifyAudit(): Promise<AuditVerdict> {
  return api<AuditVerdict>('/audit/verdict');
}

/** Where the entries of a filter can be downloaded. */
export function auditExportUrl(filter: AuditFilter, format: 'csv' | 'ndjson'): string {
  return `/api/audit/export${queryText({ ...filter, format })}`;
}
