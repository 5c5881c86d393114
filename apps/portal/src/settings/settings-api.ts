import { queryOptions } from '@tanstack/react-query';
import type {
  Account,
  ChoicePreview,
  Deletion,
  DeletionBody,
  GeneralSettings,
  GeneralSettingsChange,
  RetentionChange,
  RetentionPreview,
  RetentionSettings,
  SourceDeletionBody,
  SourceSettings,
  SourceSettingsChange,
} from '@throughline/model';
import { api } from '../api/client.ts';

/** Everything below is read again when this key is invalidated. */
export const settingsKey = ['settings'] as const;

export const generalQuery = queryOptions({
  queryKey: [...settingsKey, 'general'],
  queryFn: ({ signal }) => api<GeneralSettings>('/settings/general', { signal }),
});

export function changeGeneral(body: GeneralSettingsChange): Promise<GeneralSettings> {
  return api('/settings/general', { method: 'PATCH', body });
}

export const sourceSettingsQuery = queryOptions({
  queryKey: [...settingsKey, 'sources'],
  queryFn: async ({ signal }) => (await api<{ items: SourceSettings[] }>('/settings/sources', { signal })).items,
});

export function changeSource(source: string, body: SourceSettingsChange): Promise<SourceSettings> {
  return api(`/settings/sources/${encodeURIComponent(source)}`, { method: 'PATCH', body });
}

export const retentionQuery = queryOptions({
  queryKey: [...settingsKey, 'retention'],
  queryFn: ({ signal }) => api<RetentionSettings>('/settings/retention', { signal }),
});

/** What keeping resolved incidents for so many days would delete now. */
export function retentionPreviewQuery(days: number) {
  return queryOptions({
    queryKey: [...settingsKey, 'retention', 'preview', days],
    queryFn: ({ signal }) => api<RetentionPreview>(`/settings/retention/preview?days=${days}`, { signal }),
  });
}

export function changeRetention(body: RetentionChange): Promise<RetentionSettings> {
  return api('/settings/retention', { method: 'PATCH', body });
}

/** Read again while something is being deleted. */
export const deletionsQuery = queryOptions({
  queryKey: [...settingsKey, 'deletions'],
  queryFn: async ({ signal }) => (await api<{ items: Deletion[] }>('/deletions', { signal })).items,
  refetchInterval: ({ state }) => (state.data?.some(({ endedDateTime }) => endedDateTime === null) ? 1_000 : false),
});

export function deleteIncident(body: DeletionBody): Promise<Deletion> {
  return api('/deletions', { method: 'POST', body });
}

/** What wiping the demo would delete. */
export const demoPreviewQuery = queryOptions({
  queryKey: [...settingsKey, 'demo'],
  queryFn: ({ signal }) => api<ChoicePreview>('/demo/preview', { signal }),
});

export function wipeDemo(): Promise<Deletion> {
  return api('/demo', { method: 'DELETE' });
}

/** What deleting all data of a source would take. */
export function sourcePreviewQuery(source: string) {
  return queryOptions({
    queryKey: [...settingsKey, 'sources', source, 'deletion'],
    queryFn: ({ signal }) => api<ChoicePreview>(`/settings/sources/${encodeURIComponent(source)}/deletion`, { signal }),
  });
}

export function deleteSource(source: string, body: SourceDeletionBody): Promise<Deletion> {
  return api(`/settings/sources/${encodeURIComponent(source)}/deletion`, { method: 'POST', body });
}

/** Disabled accounts of people who were not erased yet. */
export const erasablePeopleQuery = queryOptions({
  queryKey: [...settingsKey, 'erasable'],
  queryFn: async ({ signal }) =>
    (await api<{ items: Account[] }>('/accounts', { signal })).items.filter(
      ({ id, kind, disabled, userName }) => kind === 'person' && disabled && userName !== `Deleted person ${id}`,
    ),
});

export function erasePerson(id: number, reason: string): Promise<{ userName: string }> {
  return api(`/settings/people/${id}/erasure`, { method: 'POST', body: { reason } });
}
