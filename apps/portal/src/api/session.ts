import { queryOptions, useQuery } from '@tanstack/react-query';
import type { Me, PasskeyOptions, PasskeyShown, Permission, ShownFactor, SignInAnswer } from '@throughline/model';
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

/** A session, or the question for a second factor. */
export function signIn(userName: string, password: string): Promise<SignInAnswer> {
  return api('/session', { method: 'POST', body: { userName, password } });
}

/** Trades the token of a one-time link for a session, or for the question for a second factor. */
export function signInByLink(token: string): Promise<SignInAnswer> {
  return api('/session/link', { method: 'POST', body: { token } });
}

/** Answers the question for a second factor. */
export function showSecondFactor(shown: ShownFactor): Promise<Me> {
  return api('/session/second-factor', { method: 'POST', body: shown });
}

/** What the browser needs to show a passkey as second factor. */
export function secondFactorQuestion(): Promise<PasskeyOptions> {
  return api('/session/second-factor/passkey', { method: 'POST' });
}

/** What the browser needs to show a passkey in place of name and password. */
export function passkeyQuestion(): Promise<PasskeyOptions> {
  return api('/session/passkey/options', { method: 'POST' });
}

export function signInByPasskey(passkey: PasskeyShown): Promise<Me> {
  return api('/session/passkey', { method: 'POST', body: { passkey } });
}

export async function signOut(): Promise<void> {
  await api('/session', { method: 'DELETE' });
  setCsrfToken(undefined);
}

/** Sets the own password; `current` is needed once there is one. */
export async function setPassword(password: string, current?: string): Promise<void> {
  await api('/me/password', { method: 'POST', body: { password, ...(current !== undefined && { current }) } });
}
