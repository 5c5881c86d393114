import { infiniteQueryOptions, type QueryClient, queryOptions } from '@tanstack/react-query';
import type {
  ActivityEntry,
  AlertDetail,
  AlertPage,
  IncidentAsset,
  IncidentDetail,
  IncidentEvidence,
} from '@throughline/model';
import { api } from '../api/client.ts';
import { askAgain } from '../app/ask-again.ts';

/** Kinds of assets that have a tab of their own. */
export type AssetTab = 'device' | 'user' | 'mailbox';

const root = (id: number) => ['incident', id] as const;

/** The incident itself; a merged one answers as itself, with the id it redirects to. */
export const incidentQuery = (id: number) =>
  queryOptions({
    queryKey: [...root(id), 'detail'],
    queryFn: ({ signal }) => api<IncidentDetail>(`/incidents/${id}`, { signal }),
  });

/** Its alerts in the order they happened, page by page. */
export const alertsQuery = (id: number) =>
  infiniteQueryOptions({
    queryKey: [...root(id), 'alerts'],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      api<AlertPage>(`/incidents/${id}/alerts`, {
        query: { sort: 'firstActivity', dir: 'asc', limit: 200, cursor: pageParam },
        signal,
      }),
    getNextPageParam: (page) => page.next ?? undefined,
  });

export const alertQuery = (id: string) =>
  queryOptions({
    queryKey: ['alert', id],
    queryFn: ({ signal }) => api<AlertDetail>(`/alerts/${encodeURIComponent(id)}`, { signal }),
  });

export const assetsQuery = (id: number, kind: AssetTab) =>
  queryOptions({
    queryKey: [...root(id), 'assets', kind],
    queryFn: ({ signal }) => api<IncidentAsset[]>(`/incidents/${id}/assets`, { query: { kind }, signal }),
  });

export const evidenceQuery = (id: number) =>
  queryOptions({
    queryKey: [...root(id), 'evidence'],
    queryFn: ({ signal }) => api<IncidentEvidence[]>(`/incidents/${id}/evidence`, { signal }),
  });

/** A page of the activity log, newest first. */
export type ActivityPage = { items: ActivityEntry[]; next: string | null };

export const activityQuery = (id: number) =>
  infiniteQueryOptions({
    queryKey: [...root(id), 'activity'],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      api<ActivityPage>(`/incidents/${id}/activity`, { query: { limit: 100, cursor: pageParam }, signal }),
    getNextPageParam: (page) => page.next ?? undefined,
  });

/** Everything shown of an incident is read again; the queue too. */
export async function refreshIncident(client: QueryClient, id: number): Promise<void> {
  await Promise.all([askAgain(client, root(id)), client.invalidateQueries({ queryKey: ['incidents'] })]);
}
