import { expect, test } from 'vitest';
import { startTestServer } from '../testing/test-server.ts';
import { nameOf, routes, schemaOf, walk } from './every-route.fixture.ts';

/**
 * Abuse 12. The attack: a rule or playbook is edited so that it does something its editor may not do. Rules only tell
 * people, yet: these tests fail when one can act, and then saving must ask for the right to the action.
 */

// What a notification rule is about: it hears of actions and does none. And what a passkey answered.
const heard = /body\.(?:action|passkey)(?:\.|$)/;

test('no rule, policy or schedule does anything but tell', () => {
  const acting: string[] = [];
  for (const route of routes) {
    walk(schemaOf(route, 'body'), 'body', (_, place) => {
      const field = place.split('.').at(-1) ?? '';
      if (/action|playbook|respon[ds]e?$|command|remediate|execute|isolat/i.test(field) && !heard.test(place)) {
        acting.push(`${nameOf(route)} ${place}`);
      }
    });
  }
  expect(acting).toEqual([]);
  expect(routes.map(nameOf).filter((name) => /action|playbook|respond|isolate|quarantine/.test(name))).toEqual([]);
});

test('whoever may not make rules changes none, in part or whole', async () => {
  const server = await startTestServer();
  try {
    const [admin, operator] = await Promise.all([server.signedIn('administrator'), server.signedIn('operator')]);
    const body = { name: 'r', severities: ['high'], recipients: ['a@example.com'] };
    const { json } = await admin.call('/api/notifications/rules', { method: 'POST', body });
    const path = `/api/notifications/rules/${json.id}`;
    for (const change of [{ name: 'x' }, { recipients: ['b@example.com'] }, { enabled: false }, {}]) {
      expect((await operator.call(path, { method: 'PATCH', body: change })).status).toBe(403);
    }
    expect((await admin.call(path)).json).toMatchObject({ name: 'r', enabled: true });
  } finally {
    await server.stop();
  }
});
