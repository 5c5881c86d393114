import { queryOptions } from '@tanstack/react-query';
import type {
  CorrelationPreview,
  CorrelationSettings,
  CorrelationSettingsChange,
  CorrelationVersion,
  ExceptionSubject,
  MeasuredHubs,
  ProposedChoices,
  SubjectChoice,
} from '@throughline/model';
import { api } from '../api/client.ts';
import { settingsKey } from '../settings/settings-api.ts';

const path = '/settings/correlation';

export const correlationQuery = queryOptions({
  queryKey: [...settingsKey, 'correlation'],
  queryFn: ({ signal }) => api<CorrelationSettings>(path, { signal }),
  // Until the writer has taken a version up.
  refetchInterval: ({ state: { data } }) =>
    data !== undefined && data.version > 0 && data.inForceDateTime === null ? 2_000 : false,
});

export const correlationVersionsQuery = queryOptions({
  queryKey: [...settingsKey, 'correlation', 'versions'],
  queryFn: async ({ signal }) => (await api<{ items: CorrelationVersion[] }>(`${path}/versions`, { signal })).items,
  refetchInterval: ({ state: { data } }) => (data?.[0]?.inForceDateTime === null ? 2_000 : false),
});

export const hubsQuery = queryOptions({
  queryKey: [...settingsKey, 'correlation', 'hubs'],
  queryFn: ({ signal }) => api<MeasuredHubs>(`${path}/hubs`, { signal }),
});

/** What an exception can be about, by name. */
export function subjectsQuery(subject: ExceptionSubject, search: string) {
  return queryOptions({
    queryKey: [...settingsKey, 'correlation', 'subjects', subject, search],
    queryFn: async ({ signal }) =>
      (await api<{ items: SubjectChoice[] }>(`${path}/subjects`, { query: { subject, search }, signal })).items,
  });
}

export function changeCorrelation(body: CorrelationSettingsChange): Promise<CorrelationSettings> {
  return api(path, { method: 'PATCH', body });
}

export function startPreview(choices: ProposedChoices): Promise<CorrelationPreview> {
  return api(`${path}/preview`, { method: 'POST', body: { choices } });
}

export function cancelPreview(id: string): Promise<CorrelationPreview> {
  return api(`${path}/preview/${id}`, { method: 'DELETE' });
}

/** A preview, read again while it runs. */
export function previewQuery(id: string) {
  return queryOptions({
    queryKey: [...settingsKey, 'correlation', 'preview', id],
    queryFn: ({ signal }) => api<CorrelationPreview>(`${path}/preview/${id}`, { signal }),
    refetchInterval: ({ state: { data } }) => (data === undefined || data.state === 'running' ? 500 : false),
  });
}
