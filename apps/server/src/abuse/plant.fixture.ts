import type { Answer, Browser, TestServer } from '../testing/test-server.ts';

/** What was made, by the path it was made at; `shown` is everything the server answered meanwhile. */
export type Planted = { ids: Record<string, number | string>; shown: Answer[] };

/**
 * One of every kind of thing that people make, each with `mark` in its texts, and the demo attack. `secrets` are put where
 * other systems' secrets go.
 */
export async function plantEverything(
  server: TestServer,
  admin: Browser,
  mark: string,
  secret: string,
): Promise<Planted> {
  const planted: Planted = { ids: {}, shown: [] };
  const make = async (path: string, body: unknown) => {
    const answer = await admin.call(path, { method: 'POST', ...(body === undefined ? {} : { body }) });
    if (answer.status >= 300) throw new Error(`${path}: ${answer.status} ${answer.text}`);
    planted.shown.push(answer);
    planted.ids[path] = answer.json?.id ?? answer.json?.comment?.id ?? answer.json?.key ?? '';
    return answer.json;
  };
  await make('/api/demo', undefined);
  await server.pipeline.idle();
  const token = await server.token('administrator', ['intake']);
  await server.call('/api/intake/graph', { method: 'POST', token, body: `{"broken ${mark}` });
  const [incident] = (await admin.call('/api/incidents?limit=1')).json.items;
  await admin.call(`/api/incidents/${incident.id}`, {
    method: 'PATCH',
    body: { customTags: [mark], displayName: mark },
  });
  await make(`/api/incidents/${incident.id}/comments`, { comment: mark });
  const account = await make('/api/accounts', { userName: `${mark}-person`, displayName: mark, role: 'reader' });
  const group = await make('/api/user-groups', {
    name: mark,
    accountIds: [account.id],
  });
  await make('/api/service-accounts', { userName: `${mark}-service`, displayName: mark, role: 'reader' });
  await make('/api/invitations', {
    userName: `${mark}-invited`,
    displayName: mark,
    role: 'reader',
    userGroupIds: [group.id],
  });
  await make('/api/tokens', { name: mark, scopes: ['read'], expiresInDays: 1 });
  await make('/api/roles', { name: mark, description: mark, grants: ['securityDataBasics.read'] });
  await make('/api/device-groups', {
    name: mark,
    description: mark,
    remediation: 'none',
    rule: { conditions: [{ property: 'name', operator: 'startsWith', values: [mark] }] },
  });
  await make('/api/notifications/webhooks', { name: mark, url: 'https://example.com/hook' });
  const chat = await make('/api/notifications/webhooks', {
    name: `${mark} chat`,
    format: 'slack',
    url: `https://hooks.example.com/services/${secret}`,
  });
  const schedule = await make('/api/notifications/schedules', {
    name: mark,
    timeZone: 'Europe/Berlin',
    firstDay: '2026-03-02',
    handover: '08:00',
    every: 'week',
    people: [{ name: mark, mail: `${mark}@example.com` }],
  });
  await make('/api/notifications/policies', {
    name: mark,
    steps: [{ afterMinutes: 5, mails: [`${mark}@example.com`], webhooks: [chat.id], schedules: [schedule.id] }],
  });
  await make('/api/notifications/rules', {
    name: mark,
    severities: ['high'],
    recipients: [`${mark}@example.com`],
  });
  await make('/api/notifications/digests', {
    recipient: `${mark}@example.com`,
    time: '08:00',
    timeZone: 'Europe/Berlin',
    days: [1],
  });
  await make('/api/notifications/mail-server', {
    host: 'mail.example.com',
    port: 587,
    security: 'starttls',
    signIn: 'oauth2',
    userName: 'soc@example.com',
    fromAddress: 'soc@example.com',
    secret: `${secret}-client`,
    refreshToken: `${secret}-refresh`,
    oauth: { tokenUrl: 'https://id.example.com/token', clientId: 'soc', grant: 'refreshToken', scope: '' },
  });
  const provider = await make('/api/sign-in/providers', {
    name: mark,
    issuer: 'https://id.example.com',
    clientId: 'soc',
    clientSecret: `${secret}-oidc`,
  });
  await make(`/api/sign-in/providers/${provider.id}/mappings`, {
    items: [{ value: mark, gives: { kind: 'role', role: 'reader' } }],
  });
  return planted;
}
