import { type Role, roles, type TokenScope, tokenScopes } from '@throughline/model';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Browser, startTestServer, type TestServer } from '../testing/test-server.ts';
import type { Route } from './route.ts';
import { apiRoutes } from './routes.ts';

// Who gets past the guard: r(eader), o(perator), a(dministrator) in a session; i(ntake), R(ead), W(rite) = scope of an
// administrator's token; * = everybody. A new route fails until it is written down here.
const matrix: Record<string, string> = {
  'get /api/incidents': 'roa R',
  'get /api/incidents/summary': 'roa R',
  'get /api/incidents/facets': 'roa R',
  'get /api/incidents/timeline': 'roa R',
  'get /api/incidents/export': 'roa R',
  'post /api/incidents/bulk': 'oa W',
  'get /api/incidents/{id}': 'roa R',
  'patch /api/incidents/{id}': 'oa W',
  'get /api/incidents/{id}/alerts': 'roa R',
  'get /api/incidents/{id}/assets': 'roa R',
  'get /api/incidents/{id}/evidence': 'roa R',
  'get /api/incidents/{id}/activity': 'roa R',
  'post /api/incidents/merge': 'oa W',
  'post /api/alerts/move': 'oa W',
  'get /api/incidents/{id}/split': 'roa R',
  'get /api/incidents/{id}/rearrangements': 'roa R',
  'post /api/rearrangements/{id}/undo': 'oa W',
  'post /api/incidents/{id}/comments': 'oa W',
  'patch /api/comments/{id}': 'oa W',
  'get /api/comments/{id}/versions': 'roa R',
  'get /api/tags': 'roa R',
  'get /api/assignees': 'roa R',
  'get /api/alerts': 'roa R',
  'get /api/alerts/{id}': 'roa R',
  'patch /api/alerts/{id}': 'oa W',
  'post /api/hunt': 'roa R',
  'post /v1.0/security/runHuntingQuery': 'roa R',
  'post /api/advancedhunting/run': 'roa R',
  'get /api/hunting/queries': 'roa R',
  'post /api/hunting/queries': 'roa R',
  'patch /api/hunting/queries/{id}': 'roa R',
  'delete /api/hunting/queries/{id}': 'roa R',
  'get /api/hunting/history': 'roa R',
  'get /api/events': 'roa R',
  'get /api/hunting/tables': 'roa R',
  'get /api/events/raw/{key}': 'roa R',
  'get /api/detections': 'roa R',
  'get /api/detections/{id}': 'roa R',
  'patch /api/detections/{id}': 'a',
  'post /api/detections/{id}/exceptions': 'a',
  'delete /api/detection-exceptions/{id}': 'a',
  'get /api/settings/telemetry-retention': 'a',
  'patch /api/settings/telemetry-retention': 'a',
  'post /api/intake/{source}': 'oa i',
  'get /api/ledger': 'roa R',
  'get /api/ledger/clocks': 'roa R',
  'get /api/dead-letters': 'roa R',
  'get /api/dead-letters/{id}/raw': 'roa R',
  'post /api/dead-letters/{id}/replay': 'oa W',
  'post /api/session': '*',
  'post /api/session/link': '*',
  'get /api/sign-in/ways': '*',
  'get /api/sign-in/sso/callback': '*',
  'get /api/sign-in/sso/{id}': '*',
  'get /api/sign-in/providers': 'a',
  'post /api/sign-in/providers': 'a',
  'post /api/sign-in/providers/check': 'a',
  'patch /api/sign-in/providers/{id}': 'a',
  'delete /api/sign-in/providers/{id}': 'a',
  'get /api/sign-in/providers/{id}/mappings': 'a',
  'post /api/sign-in/providers/{id}/mappings': 'a',
  'get /api/sign-in/policy': 'a',
  'patch /api/sign-in/policy': 'a',
  'get /api/me/identities': 'roa',
  'post /api/me/identities': 'roa',
  'delete /api/me/identities/{id}': 'roa',
  'delete /api/session': 'roa',
  'get /api/me': 'roa',
  'get /api/organization': 'roa',
  'post /api/me/password': 'roa',
  'post /api/session/second-factor': '*',
  'post /api/session/second-factor/passkey': '*',
  'post /api/session/passkey/options': '*',
  'post /api/session/passkey': '*',
  'post /api/me/confirm': 'roa',
  'post /api/me/confirm/passkey': 'roa',
  'get /api/me/second-factors': 'roa',
  'post /api/me/authenticator': 'roa',
  'post /api/me/authenticator/confirm': 'roa',
  'delete /api/me/authenticator': 'roa',
  'post /api/me/recovery-codes': 'roa',
  'post /api/me/passkeys/options': 'roa',
  'post /api/me/passkeys': 'roa',
  'patch /api/me/passkeys/{id}': 'roa',
  'delete /api/me/passkeys/{id}': 'roa',
  'get /api/me/sessions': 'roa',
  'delete /api/me/sessions/{id}': 'roa',
  'delete /api/me/sessions': 'roa',
  'get /api/accounts/{id}/sessions': 'a',
  'delete /api/accounts/{id}/sessions': 'a',
  'delete /api/accounts/{id}/sessions/{sessionId}': 'a',
  'get /api/accounts/{id}/second-factors': 'a',
  'delete /api/accounts/{id}/second-factors': 'a',
  'get /api/sign-in/second-factor': 'a',
  'patch /api/sign-in/second-factor': 'a',
  'get /api/accounts': 'a',
  'post /api/accounts': 'a',
  'patch /api/accounts/{id}': 'a',
  'post /api/accounts/{id}/link': 'a',
  'get /api/people': 'a',
  'post /api/accounts/{id}/user-groups': 'a',
  'post /api/invitations/open': '*',
  'post /api/invitations/accept': '*',
  'get /api/invitations': 'a',
  'post /api/invitations': 'a',
  'post /api/invitations/{id}/resend': 'a',
  'delete /api/invitations/{id}': 'a',
  'post /api/service-accounts': 'a',
  'delete /api/service-accounts/{id}': 'a',
  'post /api/service-accounts/{id}/tokens': 'a',
  'post /api/service-tokens/{id}/replace': 'a',
  'get /api/tokens/all': 'a',
  'delete /api/tokens/all/{id}': 'a',
  'get /api/tokens': 'roa',
  'post /api/tokens': 'roa',
  'delete /api/tokens/{id}': 'roa',
  'get /api/device-groups': 'a',
  'post /api/device-groups': 'a',
  'post /api/device-groups/preview': 'a',
  'patch /api/device-groups/{id}': 'a',
  'delete /api/device-groups/{id}': 'a',
  'get /api/device-groups/{id}/rules': 'a',
  'get /api/access/settings': 'a',
  'patch /api/access/settings': 'a',
  'get /api/access/explain': 'a',
  'get /api/user-groups': 'a',
  'post /api/user-groups': 'a',
  'patch /api/user-groups/{id}': 'a',
  'delete /api/user-groups/{id}': 'a',
  'get /api/account-sources': 'a',
  'post /api/account-sources/{id}': 'a',
  'get /api/roles': 'a',
  'post /api/roles': 'a',
  'patch /api/roles/{id}': 'a',
  'delete /api/roles/{id}': 'a',
  'post /api/roles/{key}/assignees': 'a',
  'get /api/audit': 'a',
  'get /api/audit/state': 'a',
  'get /api/audit/verdict': 'a',
  'get /api/audit/export': 'a',
  'get /api/settings/retention': 'a',
  'get /api/settings/retention/preview': 'a',
  'patch /api/settings/retention': 'a',
  'get /api/deletions': 'a',
  'post /api/deletions': 'a',
  'get /api/demo/preview': 'a',
  'post /api/settings/people/{id}/erasure': 'a',
  'delete /api/demo': 'a',
  'get /api/settings/sources/{source}/deletion': 'a',
  'post /api/settings/sources/{source}/deletion': 'a',
  'get /api/settings/correlation': 'a',
  'patch /api/settings/correlation': 'a',
  'get /api/settings/correlation/versions': 'a',
  'get /api/settings/correlation/hubs': 'a',
  'get /api/settings/correlation/subjects': 'a',
  'post /api/settings/correlation/preview': 'a',
  'get /api/settings/correlation/preview/{id}': 'a',
  'delete /api/settings/correlation/preview/{id}': 'a',
  'get /api/settings/general': 'a',
  'patch /api/settings/general': 'a',
  'get /api/settings/sources': 'a',
  'patch /api/settings/sources/{source}': 'a',
  'get /api/tuning-rules': 'a',
  'post /api/tuning-rules': 'a',
  'post /api/tuning-rules/preview': 'a',
  'get /api/tuning-rules/device-groups': 'a',
  'get /api/tuning-rules/{id}': 'a',
  'get /api/tuning-rules/{id}/matches': 'a',
  'post /api/tuning-rules/{id}/release': 'a',
  'patch /api/tuning-rules/{id}': 'a',
  'delete /api/tuning-rules/{id}': 'a',
  'get /api/notifications/rules': 'a',
  'post /api/notifications/rules': 'a',
  'get /api/notifications/rules/{id}': 'a',
  'patch /api/notifications/rules/{id}': 'a',
  'delete /api/notifications/rules/{id}': 'a',
  'post /api/notifications/preview': 'a',
  'get /api/notifications/sources': 'a',
  'get /api/notifications/device-groups': 'a',
  'get /api/notifications/emitters': 'a',
  'get /api/notifications/operations': 'a',
  'get /api/notifications/mail-server': 'a',
  'post /api/notifications/mail-server': 'a',
  'delete /api/notifications/mail-server': 'a',
  'post /api/notifications/test-mail': 'a',
  'get /api/notifications/webhooks': 'a',
  'post /api/notifications/webhooks': 'a',
  'patch /api/notifications/webhooks/{id}': 'a',
  'delete /api/notifications/webhooks/{id}': 'a',
  'post /api/notifications/webhooks/{id}/test': 'a',
  'get /api/notifications/deliveries': 'a',
  'post /api/notifications/deliveries/{id}/retry': 'a',
  'get /api/notifications/policies': 'a',
  'post /api/notifications/policies': 'a',
  'patch /api/notifications/policies/{id}': 'a',
  'delete /api/notifications/policies/{id}': 'a',
  'get /api/notifications/schedules': 'a',
  'post /api/notifications/schedules': 'a',
  'patch /api/notifications/schedules/{id}': 'a',
  'delete /api/notifications/schedules/{id}': 'a',
  'get /api/notifications/digests': 'a',
  'post /api/notifications/digests': 'a',
  'patch /api/notifications/digests/{id}': 'a',
  'delete /api/notifications/digests/{id}': 'a',
  'post /api/notifications/digests/preview': 'a',
  'post /api/notifications/digests/test': 'a',
  'get /api/acknowledge': '*',
  'post /api/acknowledge': '*',
  'get /api/incidents/{id}/escalation': 'roa R',
  'post /api/incidents/{id}/acknowledge': 'oa W',
  'post /api/incidents/{id}/share': 'oa W',
  'post /api/incidents/{id}/share/preview': 'oa W',
  'get /api/health': '*',
  'get /api/first-run': 'roa R',
  'post /api/demo': 'a W',
  'get /api/openapi.json': '*',
  'get /api/docs': '*',
  'get /api/docs.css': '*',
};
const letterOfRole = { reader: 'r', operator: 'o', administrator: 'a' };
const letterOfScope = { intake: 'i', read: 'R', write: 'W' };
const routes = apiRoutes(() => {
  throw new Error('no document is made here');
});
const nameOf = ({ method, path }: Route) => `${method} ${path}`;
// Ids that name nothing: what gets past the guard finds nothing and changes nothing.
const addressOf = ({ path }: Route) =>
  path.replace('{id}', '2147483647').replace('{source}', 'no-such-source').replace('{key}', 'custom-2147483647');

let server: TestServer;
const browsers = new Map<Role, Browser>();
const tokens = new Map<TokenScope, string>();

beforeAll(async () => {
  server = await startTestServer();
  for (const role of roles) browsers.set(role, await server.signedIn(role));
  for (const scope of tokenScopes) tokens.set(scope, await server.token('administrator', [scope]));
});
afterAll(() => server?.stop());

test('the matrix names every route, and no other', () => {
  expect(routes.map(nameOf).sort()).toEqual(Object.keys(matrix).sort());
});

const guarded = routes.filter((route) => matrix[nameOf(route)] !== '*');
// The stream never ends by itself and signing out would end the sweep's session.
const swept = guarded.filter(
  (route) => !['get /api/events', 'delete /api/session', 'post /api/demo'].includes(nameOf(route)),
);

describe.each(swept.map((route) => [nameOf(route), route] as const))('%s', (name, route) => {
  const allowed = matrix[name] ?? '';
  // An empty body: what gets past the guard and asks for more is refused as 400.
  const init = { method: route.method.toUpperCase(), ...(route.body === undefined ? {} : { body: {} }) };

  test('refuses whoever is not signed in', async () => {
    const answer = await server.call(addressOf(route), init);
    const code = { own: 'signInRequired', graph: 'InvalidAuthenticationToken', defender: 'Unauthorized' };
    expect([answer.status, answer.json.error.code]).toEqual([401, code[route.errors ?? 'own']]);
  });

  test.each(roles)('%s', async (role) => {
    const answer = await browsers.get(role)?.call(addressOf(route), init);
    expect(answer?.status === 403).toBe(!allowed.includes(letterOfRole[role]));
    expect(answer?.status).not.toBe(401);
    expect(answer?.status).toBeLessThan(500);
  });

  test.each(tokenScopes)('token with scope %s', async (scope) => {
    const answer = await server.call(addressOf(route), { ...init, token: tokens.get(scope) ?? '' });
    expect(answer.status === 403).toBe(!allowed.includes(letterOfScope[scope]));
    expect(answer.status).toBeLessThan(500);
  });
});

test('the demo and the stream refuse who may not', async () => {
  expect((await browsers.get('operator')?.call('/api/demo', { method: 'POST' }))?.status).toBe(403);
  expect((await server.call('/api/events')).status).toBe(401);
  expect((await server.call('/api/events', { token: tokens.get('intake') ?? '' })).status).toBe(403);
});

test('an administrator’s token with write scope cannot make accounts or tokens', async () => {
  const token = tokens.get('write') ?? '';
  for (const path of ['/api/accounts', '/api/tokens']) {
    expect((await server.call(path, { method: 'POST', body: {}, token })).status).toBe(403);
  }
});
