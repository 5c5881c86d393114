import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type {
  DeliveryPage,
  DeliveryState,
  MailServer,
  NotificationPreview,
  NotificationRule,
  NotificationRuleChange,
  NotificationRuleInput,
  NotificationSources,
  OperationsView,
  RuleGroups,
  TestMailAnswer,
  Webhook,
  WebhookBody,
  WebhookSaved,
} from '@throughline/model';
import { api } from '../api/client.ts';

const base = '/notifications';
/** Everything below is read again when this key is invalidated. */
export const notificationsKey = ['notifications'] as const;

export const rulesQuery = queryOptions({
  queryKey: [...notificationsKey, 'rules'],
  queryFn: async ({ signal }) => (await api<{ items: NotificationRule[] }>(`${base}/rules`, { signal })).items,
});

export function createRule(body: NotificationRuleInput): Promise<NotificationRule> {
  return api(`${base}/rules`, { method: 'POST', body });
}

export function changeRule(id: number, body: NotificationRuleChange): Promise<NotificationRule> {
  return api(`${base}/rules/${id}`, { method: 'PATCH', body });
}

export function deleteRule(id: number): Promise<void> {
  return api(`${base}/rules/${id}`, { method: 'DELETE' });
}

/** What a rule would have told, and its mail. Nothing is stored or sent. */
export function previewQuery(body: NotificationRuleInput) {
  return queryOptions({
    queryKey: [...notificationsKey, 'preview', body],
    queryFn: ({ signal }) => api<NotificationPreview>(`${base}/preview`, { method: 'POST', body, signal }),
  });
}

export const sourcesQuery = queryOptions({
  queryKey: [...notificationsKey, 'sources'],
  staleTime: 60_000,
  queryFn: async ({ signal }) => (await api<NotificationSources>(`${base}/sources`, { signal })).items,
});

/** Device groups that a rule may be about; `all` = also about everything. */
export const groupsQuery = queryOptions({
  queryKey: [...notificationsKey, 'device-groups'],
  staleTime: 60_000,
  queryFn: ({ signal }) => api<RuleGroups>(`${base}/device-groups`, { signal }),
});

/** Kinds of events, beside incidents, that this server has told of lately. */
export const emittersQuery = queryOptions({
  queryKey: [...notificationsKey, 'emitters'],
  queryFn: async ({ signal }) => (await api<{ items: ('action' | 'report')[] }>(`${base}/emitters`, { signal })).items,
});

export const operationsQuery = queryOptions({
  queryKey: [...notificationsKey, 'operations'],
  refetchInterval: 15_000,
  queryFn: ({ signal }) => api<OperationsView>(`${base}/operations`, { signal }),
});

export const mailServerQuery = queryOptions({
  queryKey: [...notificationsKey, 'mail-server'],
  queryFn: async ({ signal }) =>
    (await api<{ mailServer: MailServer | null }>(`${base}/mail-server`, { signal })).mailServer,
});

export interface MailServerInput {
  host: string;
  port: number;
  security: MailServer['security'];
  signIn: MailServer['signIn'];
  userName: string | null;
  /** Left out: the one that is set stays. */
  secret?: string;
  oauth: MailServer['oauth'];
  refreshToken?: string;
  fromAddress: string;
  fromName: string;
}

export function saveMailServer(body: MailServerInput): Promise<unknown> {
  return api(`${base}/mail-server`, { method: 'POST', body });
}

export function sendTestMail(to: readonly string[]): Promise<TestMailAnswer> {
  return api(`${base}/test-mail`, { method: 'POST', body: { to } });
}

export const webhooksQuery = queryOptions({
  queryKey: [...notificationsKey, 'webhooks'],
  queryFn: async ({ signal }) => (await api<{ items: Webhook[] }>(`${base}/webhooks`, { signal })).items,
});

/** Makes a webhook, or changes the one with `id`. */
export function saveWebhook(id: number | undefined, body: WebhookBody): Promise<WebhookSaved> {
  return id === undefined
    ? api(`${base}/webhooks`, { method: 'POST', body })
    : api(`${base}/webhooks/${id}`, { method: 'PATCH', body });
}

export function deleteWebhook(id: number): Promise<void> {
  return api(`${base}/webhooks/${id}`, { method: 'DELETE' });
}

export function testWebhook(id: number): Promise<TestMailAnswer> {
  return api(`${base}/webhooks/${id}/test`, { method: 'POST' });
}

export function deliveriesQuery(state: DeliveryState | undefined) {
  return infiniteQueryOptions({
    queryKey: [...notificationsKey, 'deliveries', state],
    queryFn: ({ pageParam, signal }) =>
      api<DeliveryPage>(`${base}/deliveries`, { query: { state, limit: 100, cursor: pageParam }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: (earlier) => earlier,
    refetchInterval: 5_000,
  });
}

export function retryDelivery(id: number): Promise<unknown> {
  return api(`${base}/deliveries/${id}/retry`, { method: 'POST' });
}
