import { queryOptions } from '@tanstack/react-query';
import type {
  IncidentAsset,
  IncidentEvidence,
  IncidentPage,
  MergeBody,
  MoveBody,
  RearrangementEntry,
  RearrangementResult,
  SplitPreview,
} from '@throughline/model';
import { api } from '../api/client.ts';

const post = (path: string, body: object) => api<RearrangementResult>(path, { method: 'POST', body });

export const mergeIncidents = (body: MergeBody) => post('/incidents/merge', body);
export const moveAlerts = (body: MoveBody) => post('/alerts/move', body);
export const undoRearrangement = (id: number) => post(`/rearrangements/${id}/undo`, {});

/** What was merged, moved and separated, the newest first. */
export const journalQuery = (id: number) =>
  queryOptions({
    queryKey: ['incident', id, 'rearrangements'],
    queryFn: ({ signal }) => api<{ items: RearrangementEntry[] }>(`/incidents/${id}/rearrangements`, { signal }),
  });

/** What an incident falls into without an entity. */
export const splitQuery = (id: number, entity: string) =>
  queryOptions({
    queryKey: ['incident', id, 'split', entity],
    queryFn: ({ signal }) => api<SplitPreview>(`/incidents/${id}/split`, { query: { entity }, signal }),
    enabled: entity !== '',
  });

/** The assets and artefacts that may hold an incident together. */
export const entitiesQuery = (id: number) =>
  queryOptions({
    queryKey: ['incident', id, 'entities'],
    queryFn: async ({ signal }) => {
      const [assets, evidence] = await Promise.all([
        api<IncidentAsset[]>(`/incidents/${id}/assets`, { signal }),
        api<IncidentEvidence[]>(`/incidents/${id}/evidence`, { signal }),
      ]);
      const all = [...assets, ...evidence].map(({ id: entityId, kind, name }) => ({ id: entityId, kind, name }));
      return [...new Map(all.map((entity) => [entity.id, entity])).values()];
    },
  });

/** Open incidents by number or name, for a type-ahead. */
export const choicesQuery = (text: string) =>
  queryOptions({
    queryKey: ['incident-choices', text],
    queryFn: ({ signal }) =>
      api<IncidentPage>('/incidents', {
        query: { q: text, kind: 'all', status: ['active', 'inProgress'], limit: 20 },
        signal,
      }),
    placeholderData: (earlier) => earlier,
    staleTime: 10_000,
  });
