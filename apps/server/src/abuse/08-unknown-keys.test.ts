import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Browser, startTestServer, type TestServer } from '../testing/test-server.ts';
import {
  callRoute,
  nameOf,
  namesUnknownKey,
  objectsIn,
  routes,
  sampleOf,
  schemaOf,
  walk,
  withBody,
} from './every-route.fixture.ts';

/**
 * Abuse 8. The attack: somebody adds a field that no form has (a stored path, an owner, a tenant, a role) to a request
 * and the server writes it down, or puts a path where an id belongs.
 */

// What passkeys say of themselves: browsers add members of their own (WebAuthn level 3, 5.1.8); what is not named in the
// schema is dropped before anything reads it.
const dropped = /^body\.passkey(?:\.|$)/;
// Sign-in providers add parameters of their own (RFC 6749, 4.1.2).
const looseQuery = ['get /api/sign-in/sso/callback'];
// Names that would let the caller say where something lies or whose it is, and the fields that are meant to.
const telling = /tenant|owner|path|file|folder|storage|createdBy|hash|author/i;
// Numbers of correlation for the kind of entity "file", which say where nothing lies.
const meant = ['patch /api/settings/correlation', 'post /api/settings/correlation/preview'].flatMap((name) =>
  ['artefactChance', 'kindWeight'].map((numbers) => `${name} body.choices.numbers.${numbers}.file`),
);

let server: TestServer;
let admin: Browser;
beforeAll(async () => {
  server = await startTestServer();
  admin = await server.signedIn('administrator');
});
afterAll(() => server?.stop());

describe.each(withBody.map((route) => [nameOf(route), route] as const))('%s', (_, route) => {
  test('refuses a key that it does not know, at every depth of its body', async () => {
    const body = sampleOf(schemaOf(route, 'body'));
    const places = objectsIn(body).map(({ place }) => place);
    expect(places.length).toBeGreaterThan(0);
    for (const place of places.filter((each) => !dropped.test(each))) {
      const hostile = structuredClone(body);
      const { object } = objectsIn(hostile).find((each) => each.place === place) ?? {};
      if (object !== undefined) object.tenantId = 'far';
      expect([place, namesUnknownKey(route, hostile)]).toEqual([place, true]);
      const answer = await callRoute(admin, route, hostile as object);
      expect([place, answer.status]).toEqual([place, 400]);
      const code = { own: 'invalidRequest', graph: 'BadRequest', defender: 'InvalidRequestBody' };
      expect(answer.json.error.code).toBe(code[route.errors ?? 'own']);
    }
  });
});

test('every route refuses a name in the query that it does not know', async () => {
  const passed: string[] = [];
  for (const route of routes.filter((each) => !looseQuery.includes(nameOf(each)))) {
    const answer = await callRoute(admin, route, route.body && sampleOf(schemaOf(route, 'body')), '?tenantId=far');
    if (answer.status !== 400) passed.push(`${nameOf(route)}: ${answer.status}`);
  }
  expect(passed).toEqual([]);
});

test('every route takes ids, and no path in their place', async () => {
  const wrong: string[] = [];
  for (const route of routes.filter(({ path }) => path.includes('{'))) {
    for (const id of ['..%2f..%2fetc%2fpasswd', '..%5c1', '1%00', '%2fetc%2fpasswd', '1%2f..%2f2', '-1', '０']) {
      const method = route.method.toUpperCase();
      const body = route.body && sampleOf(schemaOf(route, 'body'));
      const { status } = await admin.call(route.path.replaceAll(/\{\w+\}/g, id), { method, ...(body ? { body } : {}) });
      // Sources and alerts have names of any form; a name that nothing has is not found.
      if (![400, 404, 415].includes(status)) wrong.push(`${nameOf(route)} ${id}: ${status}`);
    }
  }
  expect(wrong).toEqual([]);
});

test('no schema lets the caller say whose a thing is or where it lies', () => {
  const found: string[] = [];
  for (const route of routes) {
    for (const part of ['query', 'body'] as const) {
      walk(schemaOf(route, part), part, (_, place) => {
        if (telling.test(place.split('.').at(-1) ?? '')) found.push(`${nameOf(route)} ${place}`);
      });
    }
  }
  expect(found.filter((each) => !meant.includes(each))).toEqual([]);
});
