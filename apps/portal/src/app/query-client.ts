import { QueryClient } from '@tanstack/react-query';
import { ApiError } from '../api/error.ts';

/** A refusal is an answer and is not asked again; only silence and 5xx are, twice. */
function worthRetrying(failures: number, error: unknown): boolean {
  if (failures >= 2) return false;
  return !(error instanceof ApiError) || error.status === 0 || error.status >= 502;
}

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { staleTime: 10_000, retry: worthRetrying, retryDelay: (attempt) => 400 * 2 ** attempt },
    mutations: { retry: false },
  },
});
