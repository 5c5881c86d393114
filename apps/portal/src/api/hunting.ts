import { queryOptions } from '@tanstack/react-query';
import type {
  HuntBody,
  HuntingTableSummary,
  HuntMessage,
  PastHunt,
  SavedQuery,
  SavedQueryBody,
  SavedQueryChange,
} from '@throughline/model';
import { api, apiLines } from './client.ts';

/** The tables one can hunt in, with what they hold. */
export const huntTablesQuery = queryOptions({
  queryKey: ['hunt-tables'],
  staleTime: 30_000,
  queryFn: ({ signal }) =>
    api<{ tables: HuntingTableSummary[] }>('/hunting/tables', { signal }).then(({ tables }) => tables),
});

export const savedQueriesQuery = queryOptions({
  queryKey: ['hunt-queries'],
  queryFn: ({ signal }) => api<{ items: SavedQuery[] }>('/hunting/queries', { signal }).then(({ items }) => items),
});

export const pastHuntsQuery = queryOptions({
  queryKey: ['hunt-history'],
  queryFn: ({ signal }) => api<{ items: PastHunt[] }>('/hunting/history', { signal }).then(({ items }) => items),
});

/** Runs a hunt and tells each message of its answer as it comes; ending the signal cancels the hunt. */
export function runHunt(body: HuntBody, signal: AbortSignal, tell: (message: HuntMessage) => void): Promise<void> {
  return apiLines('/hunt', { method: 'POST', body, signal }, (line) => tell(line as HuntMessage));
}

export function saveQuery(body: SavedQueryBody): Promise<SavedQuery> {
  return api('/hunting/queries', { method: 'POST', body });
}

export function changeQuery(id: number, body: SavedQueryChange): Promise<SavedQuery> {
  return api(`/hunting/queries/${id}`, { method: 'PATCH', body });
}

export function deleteQuery(id: number): Promise<void> {
  return api(`/hunting/queries/${id}`, { method: 'DELETE' });
}
