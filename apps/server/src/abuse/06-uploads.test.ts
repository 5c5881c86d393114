import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { projectRoot } from '../project.ts';
import { startTestServer } from '../testing/test-server.ts';
import { nameOf, routes } from './every-route.fixture.ts';

/**
 * Abuse 6. The attack: a file that somebody uploads is served back as a page of ours. Nothing keeps files of users yet:
 * these tests fail when something does, and then the rules of this number apply: attachment, fixed type, nosniff.
 */

/** Routes whose answer is no JSON, and what it is. A new one fails until somebody has thought about its type. */
const answers: Record<string, string> = {
  'get /api/incidents/export': 'text/csv',
  'get /api/events': 'text/event-stream',
  'get /api/dead-letters/{id}/raw': 'text/plain',
  'get /api/sign-in/sso/callback': 'text/html',
  'get /api/sign-in/sso/{id}': 'text/html',
  'get /api/audit/export': 'application/x-ndjson',
  'get /api/docs': 'text/html',
  'get /api/docs.css': 'text/css',
  'post /api/hunt': 'application/x-ndjson',
  // JSON of a form that other products prescribe.
  'post /api/advancedhunting/run': 'application/json',
  'post /v1.0/security/runHuntingQuery': 'application/json',
};

test('no route takes a form or a file, and one takes bytes: intake', () => {
  const raw = routes.filter(({ rawBody }) => rawBody !== undefined);
  expect(raw.map(nameOf)).toEqual(['post /api/intake/{source}']);
  expect(raw.flatMap(({ rawBody }) => rawBody?.mediaTypes ?? []).join()).not.toMatch(/multipart|form|image|html/);
});

test('no code reads a form with files', () => {
  const files = globSync('apps/server/src/**/*.ts', { cwd: projectRoot }).filter(
    (file) => !/\.(test|fixture)\.ts$/.test(file),
  );
  const reads = /\.formData\(|parseBody\(|multipart|busboy|formidable/;
  expect(files.filter((file) => reads.test(readFileSync(`${projectRoot}/${file}`, 'utf8')))).toEqual([]);
});

test('what is no JSON has a type of ours, which nothing from outside chooses', () => {
  const media = Object.fromEntries(
    routes.filter((route) => route.media !== undefined).map((route) => [nameOf(route), route.media]),
  );
  expect(media).toEqual(answers);
});

test('the bytes of a sender come back as plain text to be saved, whatever they are', async () => {
  const server = await startTestServer();
  try {
    const token = await server.token('administrator', ['intake', 'read']);
    const body = '<html><script>alert(1)</script></html>';
    await server.call('/api/intake/graph', { method: 'POST', body, token, headers: { 'content-type': 'text/html' } });
    const html = await server.call('/api/intake/graph', { method: 'POST', body: `{"id":"<script>"}\n${body}`, token });
    expect(html.status).toBeLessThan(500);
    await server.pipeline.idle();
    const admin = await server.signedIn('administrator');
    const { items } = (await admin.call('/api/dead-letters')).json;
    expect(items.length).toBeGreaterThan(0);
    const { headers, text } = await admin.call(`/api/dead-letters/${items[0].id}/raw`);
    expect(text).toContain('<script>');
    expect(headers.get('content-type')).toMatch(/^text\/plain/);
    expect(headers.get('content-disposition')).toMatch(/^attachment/);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  } finally {
    await server.stop();
  }
});
