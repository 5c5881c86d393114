import { queryOptions } from '@tanstack/react-query';
import type {
  OwnIdentities,
  ProviderCheck,
  SignInMapping,
  SignInPolicy,
  SignInPolicyChange,
  SignInProvider,
  SignInProviderChange,
} from '@throughline/model';
import { api } from '../api/client.ts';

/** Everything below is read again when this key is invalidated. */
export const signInKey = ['sign-in'] as const;

export const providersQuery = queryOptions({
  queryKey: [...signInKey, 'providers'],
  queryFn: ({ signal }) => api<{ items: SignInProvider[]; redirectUri: string }>('/sign-in/providers', { signal }),
});

export const policyQuery = queryOptions({
  queryKey: [...signInKey, 'policy'],
  queryFn: ({ signal }) => api<SignInPolicy>('/sign-in/policy', { signal }),
});

export function mappingsQuery(providerId: number) {
  return queryOptions({
    queryKey: [...signInKey, 'mappings', providerId],
    queryFn: async ({ signal }) =>
      (await api<{ items: SignInMapping[] }>(`/sign-in/providers/${providerId}/mappings`, { signal })).items,
  });
}

export const identitiesQuery = queryOptions({
  queryKey: [...signInKey, 'identities'],
  queryFn: ({ signal }) => api<OwnIdentities>('/me/identities', { signal }),
});

/** Makes a provider, or changes the one with `id`. */
export function saveProvider(id: number | undefined, body: SignInProviderChange): Promise<SignInProvider> {
  return id === undefined
    ? api('/sign-in/providers', { method: 'POST', body })
    : api(`/sign-in/providers/${id}`, { method: 'PATCH', body });
}

export function deleteProvider(id: number): Promise<void> {
  return api(`/sign-in/providers/${id}`, { method: 'DELETE' });
}

export function checkProvider(issuer: string): Promise<ProviderCheck> {
  return api('/sign-in/providers/check', { method: 'POST', body: { issuer } });
}

export function saveMappings(providerId: number, items: readonly SignInMapping[]): Promise<unknown> {
  return api(`/sign-in/providers/${providerId}/mappings`, { method: 'POST', body: { items } });
}

export function savePolicy(body: SignInPolicyChange): Promise<SignInPolicy> {
  return api('/sign-in/policy', { method: 'PATCH', body });
}

/** Begins to link the own account; the answer is where to go. */
export function beginLink(providerId: number): Promise<{ url: string }> {
  return api('/me/identities', { method: 'POST', body: { providerId, return: '/account' } });
}

export function unlink(id: number): Promise<void> {
  return api(`/me/identities/${id}`, { method: 'DELETE' });
}
