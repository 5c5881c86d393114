import { queryOptions, useQuery } from '@tanstack/react-query';
import type { Me, Permission } from '@throughline/model';
import { api, setCsrfToken } from './client.ts';

/** Who is signed in; also takes the CSRF token of the session. */
export const meQuery = queryOptions({
  queryKey: ['me'],
  staleTime: 60_000,
  queryFn: async ({ signal }) => {
    const me = await api<Me>('/me', { signal });
    setCsrfToken(me.csrfToken);
    return me;
  },
});

export function useMe(): Me | undefined {
  return useQuery(meQuery).data;
}

/** Whether the signed-in person may; false until known. */
export function useMay(permission: Permission): boolean {
  return useMe()?.permissions.includes(permission) ?? false;
}

export async function signIn(userName: string, password: string): Promise<void> {
  await api('/session', { method: 'POST', body: { userName, password } });
}

/** Trades the token of a one-time link for a session. */
export async function signInByLink(token: string): Promise<void> {
  await api('/session/link', { method: 'POST', body: { token } });
}

export async function signOut(): Promise<void> {
  await api('/session', { method: 'DELETE' });
  setCsrfToken(undefined);
}

/** Sets the own password; `current` is needed once there is one. */
export async function setPassword(password: string, current?: string): Promise<void> {
  await api('/me/password', { method: 'POST', body: { password, ...(current !== undefined && { current }) } });
}
