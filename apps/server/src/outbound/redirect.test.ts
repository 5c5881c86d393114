import { expect, test } from 'vitest';
import { redirectOf } from './redirect.ts';

const from = new URL('https://one.example/start');
const headers = { authorization: 'Bearer x', 'content-type': 'application/json', 'user-agent': 'u', 'X-Key': 'k' };
const post = { url: from.href, method: 'POST' as const, headers, body: '{}' };
const get = { url: from.href, headers };

test.each([200, 304, 400])('%i is no redirect', (status) => {
  expect(redirectOf(post, from, status, '/x')).toBeUndefined();
});

test('a redirect without a place is an answer', () => expect(redirectOf(post, from, 302, undefined)).toBeUndefined());

test.each([301, 302, 303])('%i turns a POST into a GET without a body', (status) => {
  expect(redirectOf(post, from, status, '/x')).toEqual({
    url: 'https://one.example/x',
    method: 'GET',
    headers: { authorization: 'Bearer x', 'user-agent': 'u', 'X-Key': 'k' },
  });
});

test.each([307, 308])('%i keeps method and body', (status) => {
  expect(redirectOf(post, from, status, '/x')).toEqual({ ...post, url: 'https://one.example/x' });
});

test.each(['https://two.example/', 'https://one.example:8443/', '//two.example'])('%s gets no credentials', (place) => {
  expect(redirectOf(get, from, 307, place)?.headers).toEqual({ 'user-agent': 'u' });
});

test.each([
  ['downgrade', get, 'http://one.example/'],
  ['redirectElsewhere', post, 'https://two.example/'],
  ['scheme', get, 'file:///etc/passwd'],
  ['unusualHost', get, 'https://127.1/'],
  ['credentialsInUrl', get, 'https://u:p@one.example/'],
])('%s is refused', (reason, request, place) => {
  expect(() => redirectOf(request, from, 307, place)).toThrow(expect.objectContaining({ reason }));
});
