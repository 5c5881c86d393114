import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { jsonBodyBytes } from '../http/json-limits.ts';
import { type Browser, startTestServer, type TestServer } from '../testing/test-server.ts';
import { callRoute, nameOf, routes, sampleOf, schemaOf, walk, withBody } from './every-route.fixture.ts';

/**
 * Abuse 17. The attack: a request so large, so deep, so long or with such numbers that reading it costs the server its
 * memory or its time, or overflows what it is stored in.
 */

/** Most that any field may hold: what is longer is no name, no comment and no list that a person made. */
const most = { text: 30_000, items: 1000 };
/** Texts whose every choice has one length, so that the schema does not say it. */
const fixedLength = /^\^(?:\(\?:\[01\]|\\d\{4\}-)/;
/** What a passkey shows when it is made is as long as its maker likes. */
const longer = ['body.passkey.response.attestationObject'];
/** A role's key has a number in it, whose size is asked below. */
const numbered = /^\^custom-/;

let server: TestServer;
let admin: Browser;
beforeAll(async () => {
  server = await startTestServer();
  admin = await server.signedIn('administrator');
});
afterAll(() => server?.stop());

test('every text, list and number of every body has a bound', () => {
  const unbounded: string[] = [];
  for (const route of withBody) {
    walk(schemaOf(route, 'body'), 'body', (schema, place) => {
      const { type, maxLength, maxItems, maximum, pattern = '', const: only } = schema;
      const text = type === 'string' && schema.enum === undefined && only === undefined && !longer.includes(place);
      if (text && !((maxLength ?? Infinity) <= most.text || fixedLength.test(pattern) || numbered.test(pattern))) {
        unbounded.push(`${nameOf(route)} ${place}: text`);
      }
      if (type === 'array' && !((maxItems ?? Infinity) <= most.items))
        unbounded.push(`${nameOf(route)} ${place}: list`);
      if ((type === 'integer' || type === 'number') && maximum === undefined) {
        unbounded.push(`${nameOf(route)} ${place}: number`);
      }
    });
  }
  expect(unbounded).toEqual([]);
});

test('every list that is asked for page by page has a largest page', () => {
  const paged = routes.filter((route) => 'limit' in (schemaOf(route, 'query').properties ?? {}));
  expect(paged.length).toBeGreaterThan(4);
  for (const route of paged) {
    expect([nameOf(route), schemaOf(route, 'query').properties?.limit?.maximum]).toEqual([
      nameOf(route),
      expect.any(Number),
    ]);
    expect(schemaOf(route, 'query').properties?.limit?.maximum).toBeLessThanOrEqual(1000);
  }
});

describe.each(withBody.map((route) => [nameOf(route), route] as const))('%s', (_, route) => {
  const body = sampleOf(schemaOf(route, 'body')) as Record<string, unknown>;
  const [first = 'x'] = Object.keys(body);

  test('refuses a body above the limit, deep JSON, huge numbers and a list without end', async () => {
    const tooLarge = `{"${first}":"${'x'.repeat(jsonBodyBytes)}"}`;
    expect((await callRoute(admin, route, tooLarge)).status).toBe(413);
    const deep = `{"${first}":${'['.repeat(20_000)}${']'.repeat(20_000)}}`;
    expect((await callRoute(admin, route, deep)).status).toBe(400);
    const wide = `{"${first}":[${'1,'.repeat(20_000)}1]}`;
    expect((await callRoute(admin, route, wide)).status).toBe(400);
    for (const number of ['1e400', '-123456789012345678901234567890']) {
      expect([number, (await callRoute(admin, route, `{"${first}":${number}}`)).status]).toEqual([number, 400]);
    }
  });
});

test('a path and a query that never end are refused', async () => {
  expect((await admin.call(`/api/alerts/${'a'.repeat(6000)}`)).status).toBe(400);
  for (const route of routes.filter(({ method }) => method === 'get')) {
    expect((await callRoute(admin, route, undefined, `?x=${'a'.repeat(8200)}`)).status).toBe(414);
  }
});

test('numbers that no column holds are refused in every id', async () => {
  const wrong: string[] = [];
  for (const route of routes.filter(({ path }) => path.includes('{id}'))) {
    if (schemaOf(route, 'params').properties?.id?.type !== 'integer') continue;
    for (const id of ['2147483648', '1e30', '99999999999999999999', '1.5', 'NaN', 'Infinity']) {
      const body = route.body && sampleOf(schemaOf(route, 'body'));
      const { status } = await admin.call(route.path.replace('{id}', id).replace('{sessionId}', 'x'), {
        method: route.method.toUpperCase(),
        ...(body ? { body } : {}),
      });
      if (![400, 404].includes(status)) wrong.push(`${nameOf(route)} ${id}: ${status}`);
    }
  }
  expect(wrong).toEqual([]);
});

test('a role’s number that no column holds names no role', async () => {
  for (const key of [`custom-${'9'.repeat(1000)}`, 'custom-99999999999', 'custom--1', 'custom-0']) {
    const people = { accountIds: [], userGroupIds: [] };
    const assigned = await admin.call(`/api/roles/${key}/assignees`, { method: 'POST', body: people });
    expect([key.slice(0, 20), [400, 404].includes(assigned.status)]).toEqual([key.slice(0, 20), true]);
    const items = [{ value: 'x', gives: { kind: 'assignment', key } }];
    const mapped = await admin.call('/api/sign-in/providers/1/mappings', { method: 'POST', body: { items } });
    expect([key.slice(0, 20), [400, 404].includes(mapped.status)]).toEqual([key.slice(0, 20), true]);
  }
});
