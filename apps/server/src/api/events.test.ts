import { announce } from '@throughline/store';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Browser, startTestServer, type TestServer } from '../testing/test-server.ts';

let server: TestServer;
let reader: Browser;

beforeAll(async () => {
  server = await startTestServer();
  reader = await server.signedIn('reader');
});
afterAll(() => server?.stop());

/** Reads the stream until `count` events came. */
async function listen(path: string, count: number, headers: Record<string, string> = {}) {
  const abort = new AbortController();
  const response = await fetch(server.url + path, {
    headers: { cookie: reader.cookie, ...headers },
    signal: abort.signal,
  });
  expect(response.headers.get('content-type')).toContain('text/event-stream');
  const events: { id: number; type: string; data: Record<string, unknown> }[] = [];
  let text = '';
  for await (const chunk of response.body ?? []) {
    text += Buffer.from(chunk).toString();
    const blocks = text.split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks) {
      const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1] ?? '';
      if (field('event') !== '')
        events.push({ id: Number(field('id')), type: field('event'), data: JSON.parse(field('data')) });
    }
    if (events.length >= count) break;
  }
  abort.abort();
  return events;
}

const write = (incidentId: number, tenantId = 'default') =>
  announce(server.db, tenantId, [{ type: 'incident.updated', incidentId, kind: 'incident' }]);

test('what happens is told as it happens', async () => {
  const hearing = listen('/api/events', 2);
  await new Promise((resolve) => setTimeout(resolve, 200));
  await write(1);
  await write(2);
  expect((await hearing).map(({ data }) => data.incidentId)).toEqual([1, 2]);
});

test('after a break the missed events come first, by header or by query', async () => {
  await write(3);
  const [first] = await listen('/api/events?lastEventId=0', 1);
  await write(4);
  const wanted = [2, 3, 4];
  const id = String(first?.id);
  expect((await listen('/api/events', 3, { 'last-event-id': id })).map(({ data }) => data.incidentId)).toEqual(wanted);
  expect((await listen(`/api/events?lastEventId=${id}`, 3)).map(({ data }) => data.incidentId)).toEqual(wanted);
});

test.each([
  ['from the future', '999999'],
  ['from before what is kept', '1'],
])('an id %s is answered with a reset', async (_name, lastId) => {
  if (lastId === '1') {
    for (let i = 0; i < 3; i += 1) await write(5);
    const { id } = await server.db
      .selectFrom('live_event')
      .select('id')
      .orderBy('id', 'desc')
      .executeTakeFirstOrThrow();
    await server.db.deleteFrom('live_event').where('id', '<', id).execute();
  }
  expect(await listen('/api/events', 1, { 'last-event-id': lastId })).toMatchObject([{ type: 'reset' }]);
});

test('events of another tenant are not told', async () => {
  await server.db
    .insertInto('tenant')
    .values({ id: 'other', name: 'Other' })
    .onConflict((c) => c.doNothing())
    .execute();
  const hearing = listen('/api/events', 1);
  await new Promise((resolve) => setTimeout(resolve, 200));
  await write(77, 'other');
  await write(78);
  expect((await hearing).map(({ data }) => data.incidentId)).toEqual([78]);
});
