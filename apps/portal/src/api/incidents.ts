import { type InfiniteData, infiniteQueryOptions, type QueryClient, queryOptions } from '@tanstack/react-query';
import type {
  BulkResult,
  IncidentChange,
  IncidentDetail,
  IncidentEvidence,
  IncidentFacets,
  IncidentPage,
  IncidentRow,
  IncidentSummary,
  IncidentTimeline,
} from '@throughline/model';
import { api, type Query } from './client.ts';

export type IncidentList = InfiniteData<IncidentPage, string | null>;

const pageSize = 100;
const bulkSize = 200;

/** The queue, page after page. Never refreshed behind the reader's back: live events announce, a key press reloads. */
export function incidentsQuery(query: Query) {
  return infiniteQueryOptions({
    queryKey: ['incidents', query],
    queryFn: ({ pageParam, signal }) =>
      api<IncidentPage>('/incidents', { query: { ...query, limit: pageSize, cursor: pageParam }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnMount: 'always',
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    placeholderData: (earlier) => earlier,
  });
}

export const summaryQuery = queryOptions({
  queryKey: ['incident-summary'],
  queryFn: ({ signal }) => api<IncidentSummary>('/incidents/summary', { signal }),
});

export const timelineQuery = queryOptions({
  queryKey: ['incident-timeline'],
  queryFn: ({ signal }) => api<IncidentTimeline>('/incidents/timeline', { signal }),
});

/** Values with counts for the filter menus. */
export function facetsQuery(query: Query) {
  return queryOptions({
    queryKey: ['incident-facets', query],
    queryFn: ({ signal }) => api<IncidentFacets>('/incidents/facets', { query, signal }),
    placeholderData: (earlier) => earlier,
  });
}

export function incidentQuery(id: number) {
  return queryOptions({
    queryKey: ['incident', id, 'detail'],
    queryFn: ({ signal }) => api<IncidentDetail>(`/incidents/${id}`, { signal }),
  });
}

export function evidenceQuery(id: number) {
  return queryOptions({
    queryKey: ['incident', id, 'evidence'],
    queryFn: ({ signal }) => api<IncidentEvidence[]>(`/incidents/${id}/evidence`, { signal }),
  });
}

export function changeIncident(id: number, change: IncidentChange): Promise<IncidentDetail> {
  return api<IncidentDetail>(`/incidents/${id}`, { method: 'PATCH', body: change });
}

/** One change to many incidents, in requests of at most 200. */
export async function changeIncidents(ids: readonly number[], change: IncidentChange): Promise<BulkResult> {
  const all: BulkResult = { changed: [], failed: [] };
  for (let start = 0; start < ids.length; start += bulkSize) {
    const body = { ids: ids.slice(start, start + bulkSize), change };
    const result = await api<BulkResult>('/incidents/bulk', { method: 'POST', body });
    all.changed.push(...result.changed);
    all.failed.push(...result.failed);
  }
  return all;
}

/** Everything that matches, at most `most` rows. */
export async function matchingRows(query: Query, most: number): Promise<IncidentRow[]> {
  const rows: IncidentRow[] = [];
  let cursor: string | null = null;
  do {
    const page: IncidentPage = await api('/incidents', { query: { ...query, limit: bulkSize, cursor } });
    rows.push(...page.items);
    cursor = page.next;
  } while (cursor !== null && rows.length < most);
  return rows.slice(0, most);
}

/** Replaces rows in place in every loaded list: nothing moves, nothing disappears. */
export function patchRows(client: QueryClient, change: (row: IncidentRow) => IncidentRow): void {
  client.setQueriesData<IncidentList>(
    { queryKey: ['incidents'] },
    (list) => list && { ...list, pages: list.pages.map((page) => ({ ...page, items: page.items.map(change) })) },
  );
}
