import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { ApiToken, DeadLetterPage, FirstRun, Ledger, SourceClock, TokenScope } from '@throughline/model';
import { api, apiText } from './client.ts';

export const firstRunQuery = queryOptions({
  queryKey: ['first-run'],
  queryFn: ({ signal }) => api<FirstRun>('/first-run', { signal }),
});

/** Feeds the demo attack through the real intake. */
export function loadDemo(): Promise<unknown> {
  return api('/demo', { method: 'POST' });
}

/** The names of the people to whom work can be given. */
export const assigneesQuery = queryOptions({
  queryKey: ['assignees'],
  staleTime: 60_000,
  queryFn: ({ signal }) => api<string[]>('/assignees', { signal }),
});

/** The custom tags in use, most used first. */
export const tagsQuery = queryOptions({
  queryKey: ['tags'],
  staleTime: 60_000,
  queryFn: ({ signal }) => api<string[]>('/tags', { signal }),
});

export const ledgerQuery = queryOptions({
  queryKey: ['ledger'],
  queryFn: ({ signal }) => api<Ledger>('/ledger', { signal }),
  refetchInterval: 5_000,
});

/** The clocks of sources, as far as arrival tells. */
export const clocksQuery = queryOptions({
  queryKey: ['ledger', 'clocks'],
  queryFn: ({ signal }) => api<{ items: SourceClock[] }>('/ledger/clocks', { signal }),
  staleTime: 30_000,
  refetchInterval: 60_000,
});

export function deadLettersQuery(filter: { source?: string | undefined; reason?: string | undefined }) {
  return infiniteQueryOptions({
    queryKey: ['dead-letters', filter],
    queryFn: ({ pageParam, signal }) =>
      api<DeadLetterPage>('/dead-letters', { query: { ...filter, limit: 100, cursor: pageParam }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: (earlier) => earlier,
  });
}

/** The bytes of a dead letter as text. */
export function rawLetterQuery(id: number) {
  return queryOptions({
    queryKey: ['dead-letter', id],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: ({ signal }) => apiText(`/dead-letters/${id}/raw`, { signal }),
  });
}

/** Sends a dead letter through intake again. */
export function replayLetter(id: number): Promise<unknown> {
  return api(`/dead-letters/${id}/replay`, { method: 'POST' });
}

export const tokensQuery = queryOptions({
  queryKey: ['tokens'],
  queryFn: async ({ signal }) => (await api<{ items: ApiToken[] }>('/tokens', { signal })).items,
});

export interface NewToken {
  name: string;
  scopes: TokenScope[];
  /** null = never. */
  expiresInDays: number | null;
}

/** The answer holds the token itself, this once. */
export function createToken(body: NewToken): Promise<ApiToken & { token: string }> {
  return api('/tokens', { method: 'POST', body });
}

export function revokeToken(id: number): Promise<void> {
  return api(`/tokens/${id}`, { method: 'DELETE' });
}
