import { queryOptions } from '@tanstack/react-query';
import type {
  DetectionChange,
  DetectionDetail,
  DetectionExceptionBody,
  DetectionExceptionRow,
  DetectionList,
} from '@throughline/model';
import { api } from '../api/client.ts';

/** Everything below is read again when this key is invalidated. */
export const detectionsKey = ['detections'] as const;

export const detectionsQuery = queryOptions({
  queryKey: [...detectionsKey, 'list'],
  queryFn: ({ signal }) => api<DetectionList>('/detections', { signal }),
});

export const detectionQuery = (id: string) =>
  queryOptions({
    queryKey: [...detectionsKey, 'rule', id],
    queryFn: ({ signal }) => api<DetectionDetail>(`/detections/${encodeURIComponent(id)}`, { signal }),
  });

export function changeDetection(id: string, body: DetectionChange): Promise<DetectionDetail> {
  return api(`/detections/${encodeURIComponent(id)}`, { method: 'PATCH', body });
}

export function addDetectionException(id: string, body: DetectionExceptionBody): Promise<DetectionExceptionRow> {
  return api(`/detections/${encodeURIComponent(id)}/exceptions`, { method: 'POST', body });
}

export function endDetectionException(id: number): Promise<void> {
  return api(`/detection-exceptions/${id}`, { method: 'DELETE' });
}
