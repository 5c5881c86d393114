import { queryOptions } from '@tanstack/react-query';
import type { RuleGroups, TuningPreview, TuningRule, TuningRuleBody, TuningRuleChange } from '@throughline/model';
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
