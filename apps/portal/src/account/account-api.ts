import { queryOptions } from '@tanstack/react-query';
import type {
  AuthenticatorKey,
  ConfirmBody,
  OwnSecondFactors,
  Passkey,
  PasskeyOptions,
  RecoveryCodes,
  SecondFactorSettings,
  SecondFactorState,
  Session,
} from '@throughline/model';
import { api } from '../api/client.ts';
import { makePasskey } from './passkey.ts';

/** Everything below is read again when this key is invalidated. */
export const accountKey = ['account'] as const;

export const secondFactorsQuery = queryOptions({
  queryKey: [...accountKey, 'second-factors'],
  queryFn: ({ signal }) => api<OwnSecondFactors>('/me/second-factors', { signal }),
});

export const sessionsQuery = queryOptions({
  queryKey: [...accountKey, 'sessions'],
  queryFn: async ({ signal }) => (await api<{ items: Session[] }>('/me/sessions', { signal })).items,
});

export const secondFactorPolicyQuery = queryOptions({
  queryKey: [...accountKey, 'policy'],
  queryFn: ({ signal }) => api<SecondFactorSettings>('/sign-in/second-factor', { signal }),
});

export function saveSecondFactorPolicy(body: SecondFactorSettings): Promise<SecondFactorSettings> {
  return api('/sign-in/second-factor', { method: 'PATCH', body });
}

export function startAuthenticator(): Promise<AuthenticatorKey> {
  return api('/me/authenticator', { method: 'POST' });
}

export function confirmAuthenticator(code: string): Promise<void> {
  return api('/me/authenticator/confirm', { method: 'POST', body: { code } });
}

export function removeAuthenticator(): Promise<void> {
  return api('/me/authenticator', { method: 'DELETE' });
}

export function renewRecoveryCodes(): Promise<RecoveryCodes> {
  return api('/me/recovery-codes', { method: 'POST' });
}

/** Makes a passkey with the browser's own dialog and keeps it under a name. */
export async function addPasskey(name: string): Promise<Passkey> {
  const options = await api<PasskeyOptions>('/me/passkeys/options', { method: 'POST' });
  return api('/me/passkeys', { method: 'POST', body: { name, passkey: await makePasskey(options) } });
}

export function removePasskey(id: number): Promise<void> {
  return api(`/me/passkeys/${id}`, { method: 'DELETE' });
}

export function endSession(id: number): Promise<void> {
  return api(`/me/sessions/${id}`, { method: 'DELETE' });
}

export function endOtherSessions(): Promise<{ ended: number }> {
  return api('/me/sessions', { method: 'DELETE' });
}

export function confirmPerson(body: ConfirmBody): Promise<void> {
  return api('/me/confirm', { method: 'POST', body });
}

export function confirmQuestion(): Promise<PasskeyOptions> {
  return api('/me/confirm/passkey', { method: 'POST' });
}

/** The second factors of another account. */
export function secondFactorsOfQuery(id: number) {
  return queryOptions({
    queryKey: [...accountKey, 'of', id, 'second-factors'],
    queryFn: ({ signal }) => api<SecondFactorState>(`/accounts/${id}/second-factors`, { signal }),
  });
}

/** The sessions of another account. */
export function sessionsOfQuery(id: number) {
  return queryOptions({
    queryKey: [...accountKey, 'of', id, 'sessions'],
    queryFn: async ({ signal }) => (await api<{ items: Session[] }>(`/accounts/${id}/sessions`, { signal })).items,
  });
}

export function resetSecondFactors(id: number): Promise<void> {
  return api(`/accounts/${id}/second-factors`, { method: 'DELETE' });
}

export function endSessionOf(id: number, sessionId: number): Promise<void> {
  return api(`/accounts/${id}/sessions/${sessionId}`, { method: 'DELETE' });
}

export function endSessionsOf(id: number): Promise<{ ended: number }> {
  return api(`/accounts/${id}/sessions`, { method: 'DELETE' });
}
