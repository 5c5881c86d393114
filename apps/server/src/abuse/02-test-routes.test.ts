import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Browser, startTestServer, type TestServer } from '../testing/test-server.ts';
import { addressOf, nameOf, routes, sampleOf, schemaOf, walk } from './every-route.fixture.ts';

/**
 * Abuse 2. The attack: the "test" or "check" button beside a setting, whose route asks less than the one that saves:
 * whoever may not set an address has the server call it all the same.
 */

/** Routes that try something out, and the route that saves it. A new one fails until it is here. */
const trials: Record<string, string> = {
  'post /api/sign-in/providers/check': 'post /api/sign-in/providers',
  'post /api/notifications/webhooks/{id}/test': 'post /api/notifications/webhooks',
  'post /api/notifications/test-mail': 'post /api/notifications/rules',
  'post /api/notifications/preview': 'post /api/notifications/rules',
  'post /api/notifications/digests/preview': 'post /api/notifications/digests',
  'post /api/notifications/digests/test': 'post /api/notifications/digests',
  'post /api/device-groups/preview': 'post /api/device-groups',
  'post /api/tuning-rules/preview': 'post /api/tuning-rules',
  'post /api/settings/correlation/preview': 'patch /api/settings/correlation',
  'post /api/incidents/{id}/share/preview': 'post /api/incidents/{id}/share',
};
const named = (name: string) => routes.find((route) => nameOf(route) === name);

let server: TestServer;
let reader: Browser;
beforeAll(async () => {
  server = await startTestServer();
  reader = await server.signedIn('reader');
});
afterAll(() => server?.stop());

test('the list names every route that tries something out', () => {
  const tries = /[/-](?:check|test|preview|probe|try|ping)$|[/](?:check|test|try|probe)-\w+$/;
  // What only reads calls nobody.
  const found = routes
    .filter(({ method }) => method !== 'get')
    .map(nameOf)
    .filter((name) => tries.test(name));
  expect(found.sort()).toEqual(Object.keys(trials).sort());
});

test('each asks for the right that saving asks for, and is as open to people with a scope', () => {
  for (const [trial, saving] of Object.entries(trials)) {
    expect([trial, named(trial)?.access, named(trial)?.scoped ?? false]).toEqual([
      trial,
      named(saving)?.access,
      named(saving)?.scoped ?? false,
    ]);
    expect(named(trial)?.audit === undefined && /test|check/.test(trial)).toBe(false);
  }
});

test('each is refused to whoever may not save, without looking at what is asked', async () => {
  for (const trial of Object.keys(trials)) {
    const route = named(trial);
    if (route === undefined) throw new Error(trial);
    const body = route.body && sampleOf(schemaOf(route, 'body'));
    const init = { method: route.method.toUpperCase(), ...(body === undefined ? {} : { body }) };
    expect([trial, (await reader.call(addressOf(route), init)).status]).toEqual([trial, 403]);
    expect([trial, (await server.call(addressOf(route), init)).status]).toEqual([trial, 401]);
  }
});

test('none takes an address beyond that which its saving takes', () => {
  for (const [trial, saving] of Object.entries(trials)) {
    const addresses = (name: string) => {
      const found: string[] = [];
      const route = named(name);
      if (route === undefined) throw new Error(name);
      walk(schemaOf(route, 'body'), 'body', ({ format }, place) => {
        if (format === 'uri' || /(?:url|host|issuer|endpoint)$/i.test(place)) found.push(place);
      });
      return found;
    };
    expect(addresses(saving)).toEqual(expect.arrayContaining(addresses(trial)));
  }
});
