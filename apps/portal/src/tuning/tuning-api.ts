import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type {
  AlertPage,
  RuleGroups,
  TunedState,
  TuningMatches,
  TuningPreview,
  TuningRelease,
  TuningReleaseBody,
  TuningRule,
  TuningRuleBody,
  TuningRuleChange,
} from '@throughline/model';
import { api } from '../api/client.ts';

/** Everything below is read again when this key is invalidated. */
export const tuningKey = ['tuning'] as const;

export const tuningRulesQuery = queryOptions({
  queryKey: [...tuningKey, 'rules'],
  queryFn: async ({ signal }) => (await api<{ items: TuningRule[] }>('/tuning-rules', { signal })).items,
});

export const tuningGroupsQuery = queryOptions({
  queryKey: [...tuningKey, 'groups'],
  queryFn: ({ signal }) => api<RuleGroups>('/tuning-rules/device-groups', { signal }),
});

export function createTuningRule(body: TuningRuleBody): Promise<TuningRule> {
  return api('/tuning-rules', { method: 'POST', body });
}

export function changeTuningRule(id: number, body: TuningRuleChange): Promise<TuningRule> {
  return api(`/tuning-rules/${id}`, { method: 'PATCH', body });
}

export function deleteTuningRule(id: number): Promise<void> {
  return api(`/tuning-rules/${id}`, { method: 'DELETE' });
}

export function previewTuningRule(body: TuningRuleBody): Promise<TuningPreview> {
  return api('/tuning-rules/preview', { method: 'POST', body });
}

/** What became of a rule's alerts, and how many came in each day. */
export const tuningMatchesQuery = (id: number) =>
  queryOptions({
    queryKey: [...tuningKey, 'matches', id],
    queryFn: ({ signal }) => api<TuningMatches>(`/tuning-rules/${id}/matches`, { signal }),
  });

/** The alerts of a rule that it did this to, the newest first. */
export const tunedAlertsQuery = (id: number, tuned: TunedState) =>
  infiniteQueryOptions({
    queryKey: [...tuningKey, 'alerts', id, tuned],
    queryFn: ({ pageParam, signal }) =>
      api<AlertPage>('/alerts', {
        query: { tuningRule: id, tuned, limit: 50, ...(pageParam !== null && { cursor: pageParam }) },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  });

export function releaseAlerts(id: number, body: TuningReleaseBody): Promise<TuningRelease> {
  return api(`/tuning-rules/${id}/release`, { method: 'POST', body });
}

/** Releases all that a rule hides, request by request. Returns how many. */
export async function releaseAll(id: number, note: string): Promise<number> {
  let released = 0;
  for (;;) {
    const done = await releaseAlerts(id, note === '' ? {} : { note });
    released += done.released;
    if (done.remaining === 0 || done.released === 0) return released;
  }
}
