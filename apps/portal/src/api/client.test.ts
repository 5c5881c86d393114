import { expect, test } from 'vitest';
import { queryText } from './client.ts';
import { readError } from './error.ts';

test.each([
  [{}, ''],
  [{ q: '', from: undefined, cursor: null, status: [] }, ''],
  [{ q: 'a&b=c', limit: 50 }, '?q=a%26b%3Dc&limit=50'],
  [{ status: ['active', 'resolved'], dir: 'asc' }, '?status=active&status=resolved&dir=asc'],
])('%j as %s', (query, text) => {
  expect(queryText(query)).toBe(text);
});

test('an error answer keeps code, message, request id and the missing permission', async () => {
  const error = {
    code: 'forbidden',
    message: 'Your role does not allow ledger.read.',
    requestId: 'r1',
    target: 'ledger.read',
  };
  const read = await readError(new Response(JSON.stringify({ error }), { status: 403 }));
  const { code, message, requestId, target } = error;
  expect(read).toMatchObject({ code, message, requestId, status: 403, permission: target });
});

test('a refusal that is no matter of permission names none', async () => {
  const error = { code: 'csrf', message: 'Reload the page.', requestId: 'r2', target: 'x-csrf-token' };
  expect((await readError(new Response(JSON.stringify({ error }), { status: 403 }))).permission).toBeUndefined();
});

test.each(['<html>Bad gateway</html>', '', 'null', '{"error":null}'])(
  'an answer that is not ours (%s) still says its status',
  async (body) => {
    const read = await readError(new Response(body, { status: 502, headers: { 'x-request-id': 'proxy-7' } }));
    expect(read).toMatchObject({ code: 'unexpected', status: 502, requestId: 'proxy-7' });
    expect(read.message).toContain('502');
  },
);
