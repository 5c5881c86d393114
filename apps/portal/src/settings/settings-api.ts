import { queryOptions } from '@tanstack/react-query';
import type { GeneralSettings, GeneralSettingsChange, SourceSettings, SourceSettingsChange } from '@throughline/model';
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
