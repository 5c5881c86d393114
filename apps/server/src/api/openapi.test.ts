import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../testing/test-server.ts';
import { apiRoutes } from './routes.ts';

const routes = apiRoutes(() => {
  throw new Error('no document is made here');
});
let server: TestServer;
// biome-ignore lint/suspicious/noExplicitAny: the document is looked at as the JSON it is.
let document: any;

beforeAll(async () => {
  server = await startTestServer();
  document = (await server.call('/api/openapi.json')).json;
});
afterAll(() => server?.stop());

test('it is OpenAPI 3.1 with both security schemes', () => {
  expect(document.openapi).toBe('3.1.0');
  expect(document.info).toMatchObject({ title: 'Throughline API', version: '0.0.0-test' });
  expect(document.components.securitySchemes).toMatchObject({
    token: { type: 'http', scheme: 'bearer' },
    session: { type: 'apiKey', in: 'cookie' },
  });
});

describe.each(routes.map((route) => [`${route.method} ${route.path}`, route] as const))('%s', (_name, route) => {
  const operation = () => document.paths[route.path]?.[route.method];

  test('is described, with what it takes and how it refuses', () => {
    const found = operation();
    expect(found).toMatchObject({ summary: route.summary, tags: [route.chapter], 'x-permission': route.access });
    for (const name of route.path.match(/(?<=\{)\w+(?=\})/g) ?? []) {
      expect(found.parameters).toContainEqual(expect.objectContaining({ name, in: 'path', required: true }));
    }
    expect(route.body === undefined && route.rawBody === undefined).toBe(found.requestBody === undefined);
    const statuses = Object.keys(found.responses).map(Number);
    expect(statuses.filter((status) => status < 300)).toHaveLength(1);
    if (route.access !== 'public') expect(statuses).toContain(401);
    for (const status of statuses.filter((one) => one >= 400)) {
      expect(found.responses[status].content['application/json'].schema).toEqual({
        $ref: `#/components/schemas/${{ own: '', graph: 'Graph', defender: 'Defender' }[route.errors ?? 'own']}Error`,
      });
    }
  });
});

test('operation ids are unique and references lead somewhere', () => {
  const operations = Object.values(document.paths).flatMap((methods) => Object.values(methods as object));
  const ids = operations.map(({ operationId }) => operationId);
  expect(new Set(ids).size).toBe(ids.length);
  for (const [, name] of JSON.stringify(document).matchAll(/"#\/components\/schemas\/([^"]+)"/g)) {
    expect(document.components.schemas).toHaveProperty(name ?? '');
  }
});

test('the page for people shows every route and runs no script', async () => {
  const page = await server.call('/api/docs');
  for (const { path } of routes) expect(page.text).toContain(path);
  expect(page.text).not.toMatch(/<script|style="|<style/);
});
