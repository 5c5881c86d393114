import { queryOptions } from '@tanstack/react-query';
import type {
  Account,
  ApiToken,
  Invitation,
  InvitationMade,
  People,
  Role,
  TenantToken,
  TokenScope,
  UserGroup,
} from '@throughline/model';
import { accessKey } from '../access/access-api.ts';
import { api } from '../api/client.ts';

type Items<T> = { items: T[] };

export const peopleQuery = queryOptions({
  queryKey: [...accessKey, 'people'],
  queryFn: ({ signal }) => api<People>('/people', { signal }),
});

export const invitationsQuery = queryOptions({
  queryKey: [...accessKey, 'invitations'],
  queryFn: async ({ signal }) => (await api<Items<Invitation>>('/invitations', { signal })).items,
});

/** The tokens of everybody, or of one account. */
export function tenantTokensQuery(account?: number) {
  return queryOptions({
    queryKey: [...accessKey, 'tokens', account ?? 'all'],
    queryFn: async ({ signal }) => (await api<Items<TenantToken>>('/tokens/all', { signal, query: { account } })).items,
  });
}

export function changeAccount(
  id: number,
  body: { displayName?: string; role?: Role; disabled?: boolean },
): Promise<Account> {
  return api(`/accounts/${id}`, { method: 'PATCH', body });
}

export function setUserGroups(id: number, userGroupIds: readonly number[]): Promise<void> {
  return api(`/accounts/${id}/user-groups`, { method: 'POST', body: { userGroupIds } });
}

/** A sign-in link, good once; the answer is the only place it is in. */
export function makeSignInLink(id: number): Promise<{ url: string; expiresDateTime: string }> {
  return api(`/accounts/${id}/link`, { method: 'POST' });
}

export interface InvitationFields {
  userName: string;
  displayName: string;
  role: Role;
  userGroupIds: number[];
  note: string;
  expiresInDays: number;
}

export function invite(body: InvitationFields): Promise<InvitationMade> {
  return api('/invitations', { method: 'POST', body });
}

export function resendInvitation(id: number): Promise<InvitationMade> {
  return api(`/invitations/${id}/resend`, { method: 'POST', body: {} });
}

export function revokeInvitation(id: number): Promise<void> {
  return api(`/invitations/${id}`, { method: 'DELETE' });
}

export interface ServiceAccountFields {
  userName: string;
  displayName: string;
  role: Role;
  userGroupIds: number[];
  deviceGroupIds: number[];
}

export function addServiceAccount(body: ServiceAccountFields): Promise<Account> {
  return api('/service-accounts', { method: 'POST', body });
}

export function deleteServiceAccount(id: number): Promise<void> {
  return api(`/service-accounts/${id}`, { method: 'DELETE' });
}

/** When a token ends: one of the two. */
export type TokenLife = { expiresInDays: number } | { expiresDateTime: string };
type MadeToken = ApiToken & { token: string };

export function makeServiceToken(
  account: number,
  body: TokenLife & { name: string; scopes: readonly TokenScope[] },
): Promise<MadeToken> {
  return api(`/service-accounts/${account}/tokens`, { method: 'POST', body });
}

export function replaceServiceToken(id: number, body: TokenLife & { endsInHours: number }): Promise<MadeToken> {
  return api(`/service-tokens/${id}/replace`, { method: 'POST', body });
}

export function revokeAnyToken(id: number): Promise<void> {
  return api(`/tokens/all/${id}`, { method: 'DELETE' });
}

/** Makes a user group, or changes the one with `id`. */
export function saveUserGroup(
  id: number | undefined,
  body: { name: string; accountIds: number[] },
): Promise<UserGroup> {
  return id === undefined
    ? api('/user-groups', { method: 'POST', body })
    : api(`/user-groups/${id}`, { method: 'PATCH', body });
}

export function deleteUserGroup(id: number): Promise<void> {
  return api(`/user-groups/${id}`, { method: 'DELETE' });
}
