import { queryOptions } from '@tanstack/react-query';
import type {
  Digest,
  DigestBody,
  DigestPreview,
  EscalationPolicy,
  EscalationPolicyBody,
  OnCallSchedule,
  OnCallScheduleBody,
  TestMailAnswer,
} from '@throughline/model';
import { api } from '../api/client.ts';
import { notificationsKey } from './notifications-api.ts';

const base = '/notifications';

function listQuery<T>(name: string) {
  return queryOptions({
    queryKey: [...notificationsKey, name],
    queryFn: async ({ signal }) => (await api<{ items: T[] }>(`${base}/${name}`, { signal })).items,
  });
}

/** Makes one of a list, or replaces the one with `id`. */
function save(name: string, id: number | undefined, body: unknown): Promise<unknown> {
  return id === undefined
    ? api(`${base}/${name}`, { method: 'POST', body })
    : api(`${base}/${name}/${id}`, { method: 'PATCH', body });
}

export const policiesQuery = listQuery<EscalationPolicy>('policies');
export const savePolicy = (id: number | undefined, body: EscalationPolicyBody) => save('policies', id, body);
export const deletePolicy = (id: number) => api<void>(`${base}/policies/${id}`, { method: 'DELETE' });

export const schedulesQuery = listQuery<OnCallSchedule>('schedules');
export const saveSchedule = (id: number | undefined, body: OnCallScheduleBody) => save('schedules', id, body);
export const deleteSchedule = (id: number) => api<void>(`${base}/schedules/${id}`, { method: 'DELETE' });

export const digestsQuery = listQuery<Digest>('digests');
export const saveDigest = (id: number | undefined, body: DigestBody) => save('digests', id, body);
export const deleteDigest = (id: number) => api<void>(`${base}/digests/${id}`, { method: 'DELETE' });
export const testDigest = (body: DigestBody) => api<TestMailAnswer>(`${base}/digests/test`, { method: 'POST', body });
export const previewDigest = (timeZone: string) =>
  api<DigestPreview>(`${base}/digests/preview`, { method: 'POST', body: { timeZone } });
