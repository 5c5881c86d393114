import { queryOptions } from '@tanstack/react-query';
import type {
  AccessRole,
  Account,
  AccountSources,
  DeviceGroup,
  DeviceGroupChange,
  DeviceGroupPreview,
  DeviceRule,
  Grant,
  GroupEffect,
  LimitedAssignment,
  ScopeSettings,
  SourceScope,
  UserGroup,
  VisibilityAnswer,
} from '@throughline/model';
import { api } from '../api/client.ts';

/** Everything below is read again when this key is invalidated. */
export const accessKey = ['access'] as const;

type Items<T> = { items: T[] };

export const deviceGroupsQuery = queryOptions({
  queryKey: [...accessKey, 'device-groups'],
  queryFn: async ({ signal }) => (await api<Items<DeviceGroup>>('/device-groups', { signal })).items,
});

export const userGroupsQuery = queryOptions({
  queryKey: [...accessKey, 'user-groups'],
  queryFn: async ({ signal }) => (await api<Items<UserGroup>>('/user-groups', { signal })).items,
});

export const accountsQuery = queryOptions({
  queryKey: [...accessKey, 'accounts'],
  queryFn: async ({ signal }) => (await api<Items<Account>>('/accounts', { signal })).items,
});

export const rolesQuery = queryOptions({
  queryKey: [...accessKey, 'roles'],
  queryFn: async ({ signal }) => (await api<Items<AccessRole>>('/roles', { signal })).items,
});

/** The accounts whose own role is for some data sources only. */
export const accountSourcesQuery = queryOptions({
  queryKey: [...accessKey, 'account-sources'],
  queryFn: async ({ signal }) => (await api<Items<AccountSources>>('/account-sources', { signal })).items,
});

export function setAccountSources(id: number, sources: SourceScope): Promise<AccountSources> {
  return api(`/account-sources/${id}`, { method: 'POST', body: sources });
}

export const scopeSettingsQuery = queryOptions({
  queryKey: [...accessKey, 'settings'],
  queryFn: ({ signal }) => api<ScopeSettings>('/access/settings', { signal }),
});

export function saveScopeSettings(body: ScopeSettings): Promise<ScopeSettings> {
  return api('/access/settings', { method: 'PATCH', body });
}

/** What a rule would match; nothing is stored. */
export function previewQuery(rule: DeviceRule, groupId: number | undefined) {
  return queryOptions({
    queryKey: [...accessKey, 'preview', rule, groupId],
    queryFn: ({ signal }) =>
      api<DeviceGroupPreview>('/device-groups/preview', { method: 'POST', body: { rule, groupId }, signal }),
  });
}

/** Makes a device group, or changes the one with `id`. */
export function saveDeviceGroup(id: number | undefined, body: DeviceGroupChange): Promise<DeviceGroup> {
  return id === undefined
    ? api('/device-groups', { method: 'POST', body })
    : api(`/device-groups/${id}`, { method: 'PATCH', body });
}

/** What deleting a device group would do to notification rules. */
export function groupEffectQuery(id: number) {
  return queryOptions({
    queryKey: [...accessKey, 'group-effect', id],
    queryFn: ({ signal }) => api<GroupEffect>(`/device-groups/${id}/rules`, { signal }),
  });
}

export function deleteDeviceGroup(id: number): Promise<void> {
  return api(`/device-groups/${id}`, { method: 'DELETE' });
}

/** Makes a role, or changes the one made here with this key. */
export function saveRole(
  key: string | undefined,
  body: { name: string; description: string; grants: readonly Grant[] },
): Promise<AccessRole> {
  return key === undefined
    ? api('/roles', { method: 'POST', body })
    : api(`/roles/${key.replace('custom-', '')}`, { method: 'PATCH', body });
}

export function deleteRole(key: string): Promise<void> {
  return api(`/roles/${key.replace('custom-', '')}`, { method: 'DELETE' });
}

/** Accounts and groups of people. */
export interface People {
  accountIds: number[];
  userGroupIds: number[];
}

/** Assigns a role to exactly these people, and to those in `limited` for some data sources. */
export function assignRole(
  key: string,
  { accountIds, userGroupIds }: People,
  limited: readonly LimitedAssignment[],
): Promise<AccessRole> {
  return api(`/roles/${key}/assignees`, { method: 'POST', body: { accountIds, userGroupIds, limited } });
}

export function explain(account: number, incident: number): Promise<VisibilityAnswer> {
  return api('/access/explain', { query: { account, incident } });
}
