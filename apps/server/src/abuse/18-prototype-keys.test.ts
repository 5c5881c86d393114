import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { claimOf } from '../sso/claims.ts';
import { type Browser, startTestServer, type TestServer } from '../testing/test-server.ts';
import {
  callRoute,
  nameOf,
  namesUnknownKey,
  objectsIn,
  routes,
  sampleOf,
  schemaOf,
  withBody,
} from './every-route.fixture.ts';

/**
 * Abuse 18. The attack: `__proto__`, `constructor` or `prototype` as a key in JSON or in a query, so that every object of
 * the server gets a property (rights, a command, a path) that nobody gave it.
 */

const keys = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty'];
/** Dropped before anything reads it: see 08. */
const dropped = /^body\.passkey(?:\.|$)/;

let server: TestServer;
let admin: Browser;
beforeAll(async () => {
  server = await startTestServer();
  admin = await server.signedIn('administrator');
});
afterAll(() => {
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  expect(Object.keys(Object.prototype)).toEqual([]);
  return server?.stop();
});

describe.each(withBody.map((route) => [nameOf(route), route] as const))('%s', (_, route) => {
  test.each(keys)('refuses %s at every depth of its body', async (key) => {
    const body = sampleOf(schemaOf(route, 'body'));
    for (const { place } of objectsIn(body)) {
      const hostile = structuredClone(body);
      const { object } = objectsIn(hostile).find((each) => each.place === place) ?? {};
      if (object !== undefined) object.MARK = { polluted: true };
      const text = JSON.stringify(hostile).replace('"MARK"', JSON.stringify(key));
      const answer = await callRoute(admin, route, text);
      if (!dropped.test(place)) {
        expect([place, answer.status]).toEqual([place, 400]);
        expect([place, namesUnknownKey(route, JSON.parse(text))]).toEqual([place, true]);
      }
      expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    }
  });
});

test('every query refuses them', async () => {
  const passed: string[] = [];
  for (const route of routes) {
    for (const key of ['__proto__', '__proto__[polluted]', 'constructor', 'prototype']) {
      const body = route.body && sampleOf(schemaOf(route, 'body'));
      const { status } = await callRoute(admin, route, body, `?${key}=1`);
      const loose = nameOf(route) === 'get /api/sign-in/sso/callback' && status === 302;
      if (status !== 400 && !loose) passed.push(`${nameOf(route)} ${key}: ${status}`);
    }
  }
  expect(passed).toEqual([]);
});

test('in alerts they are data: stored or rejected, and nobody’s prototype', async () => {
  const alert = (id: string, more: string) =>
    `{"id":"${id}","title":"Prototype","severity":"high","createdDateTime":"2026-03-01T08:00:00Z","serviceSource":"x","evidence":[{"@odata.type":"#microsoft.graph.security.deviceEvidence","deviceDnsName":"pc1",${more}}],${more}}`;
  const hostile = keys.map((key) => alert(`proto-${key}`, `"${key}":{"polluted":true}`));
  const token = await server.token('administrator', ['intake', 'read']);
  const body = `[${[...hostile, alert('good', '"x":1')].join(',')}]`;
  const headers = { 'content-type': 'application/json' };
  expect((await server.call('/api/intake/__proto__', { method: 'POST', body, token, headers })).status).toBeLessThan(
    500,
  );
  expect((await server.call('/api/intake/graph', { method: 'POST', body, token, headers })).status).toBe(202);
  await server.pipeline.idle();
  const ledger = await server.call('/api/ledger', { token });
  expect(ledger.status).toBe(200);
  for (const source of ledger.json.sources) expect(source.pending).toBe(0);
  const alerts = await admin.call('/api/alerts?limit=200');
  expect(alerts.status).toBe(200);
  expect(alerts.json.items.length).toBeGreaterThan(0);
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
});

test.each(keys)('a claim called %s is one only where the provider said so', (key) => {
  expect(claimOf({ sub: '1' }, key)).toBeUndefined();
  expect(claimOf({ a: {} }, `a.${key}`)).toBeUndefined();
  expect(claimOf({ sub: 'x' }, 'sub.length')).toBeUndefined();
});
