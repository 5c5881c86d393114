import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sealSecret, secretDestination, webhookSecretOwner } from '@throughline/store';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { allowNothing, readAllowList } from '../outbound/allow-list.ts';
import { eventually, startWorld, tenantId, type World } from './notify.fixture.ts';
import { addWebhook, changeWebhook, testWebhook } from './set-webhook.ts';
import { callWebhook } from './webhook-channel.ts';

const { allow } = readAllowList('127.0.0.1');
type Call = { headers: IncomingHttpHeaders; body: string; method?: string | undefined };

let world: World;
const ends: (() => Promise<void>)[] = [];
beforeEach(async () => {
  world = await startWorld();
});
afterEach(async () => {
  await world.stop();
  for (const end of ends.splice(0)) await end();
});

async function listener(answer: (call: Call, n: number) => { status: number; headers?: Record<string, string> }) {
  const calls: Call[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const call = { headers: request.headers, body, method: request.method };
    calls.push(call);
    const { status, headers = {} } = answer(call, calls.length);
    response.writeHead(status, headers).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ends.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, calls };
}

const change = () => ({ by: 'test', now: new Date() });

test('a rule calls a webhook: signed JSON, tried again with the same id until it is taken', async () => {
  const { url, calls } = await listener((_, n) => ({ status: n < 3 ? 503 : 204 }));
  const { id, secret } = await addWebhook(
    world.db,
    world.keys,
    tenantId,
    { format: 'throughline', name: 'chat', url },
    change(),
  );
  await world.rule({ recipients: [], webhooks: [id], includeOrganization: true });
  world.notifier({ allow });
  await world.put({ incidentId: 7, title: 'Alert <b>title</b>' });
  await eventually(async () => (await world.states()).sent === 1);
  expect(calls).toHaveLength(3);
  expect(new Set(calls.map(({ body }) => body)).size).toBe(1);
  const { headers, body } = calls[2] as Call;
  expect(JSON.parse(body)).toMatchObject({
    version: 1,
    type: 'incident.created',
    id: headers['idempotency-key'],
    organization: 'Default',
    link: 'https://soc.example.com/incidents/7',
    incident: { id: 7, displayName: 'Incident name 7', severity: 'high' },
    alerts: [{ title: 'Alert <b>title</b>' }],
  });
  const [, seconds, hex] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(headers['x-throughline-signature'])) ?? [];
  expect(hex).toBe(
    createHmac('sha256', secret ?? '')
      .update(`${seconds}.${body}`)
      .digest('hex'),
  );
  expect(Math.abs(Number(seconds) - Date.now() / 1000)).toBeLessThan(30);
});

describe('what an answer means', () => {
  test.each([
    [200, undefined],
    [204, undefined],
    [301, 'message'],
    [400, 'message'],
    [404, 'message'],
    [408, 'later'],
    [410, 'message'],
    [429, 'later'],
    [500, 'way'],
    [503, 'way'],
  ])('%i', async (status, failure) => {
    const { url, calls } = await listener(() => ({ status, headers: { location: 'http://127.0.0.1:1/' } }));
    const call = callWebhook({ url, secret: 's', id: 'i', body: '{}', now: new Date() }, allow);
    if (failure === undefined) await call;
    else await expect(call).rejects.toMatchObject({ failure });
    expect(calls).toHaveLength(1);
  });

  test('nobody listens', async () => {
    const call = callWebhook({ url: 'http://127.0.0.1:1/', secret: 's', id: 'i', body: '{}', now: new Date() }, allow);
    await expect(call).rejects.toMatchObject({ failure: 'way' });
  });
});

test('addresses inside the network are refused, also by the test', async () => {
  const { url, calls } = await listener(() => ({ status: 204 }));
  const hook = await addWebhook(
    world.db,
    world.keys,
    tenantId,
    { format: 'throughline', name: 'inside', url },
    change(),
  );
  await world.rule({ recipients: [], webhooks: [hook.id] });
  world.notifier({ allow: allowNothing });
  await world.put({ incidentId: 1 });
  await eventually(async () => (await world.states()).dead === 1);
  const context = { keys: world.keys, allow: allowNothing, portalUrl: () => 'https://soc.example.com' };
  const { results } = await testWebhook(world.db, context, tenantId, hook.id, new Date());
  expect(results).toMatchObject([{ accepted: false, detail: expect.stringContaining('127.0.0.1') }]);
  expect(calls).toEqual([]);
});

test.each(['http://user:pass@example.com/', 'http://0x7f.1/', 'http://2130706433/'])(
  '%s is no address',
  async (url) => {
    await expect(
      addWebhook(world.db, world.keys, tenantId, { format: 'throughline', name: 'x', url }, change()),
    ).rejects.toMatchObject({
      status: 400,
      target: 'url',
    });
  },
);

test('a webhook that moves to another host gets a new secret; one that stays keeps it', async () => {
  const add = { format: 'throughline' as const, name: 'a', url: 'https://one.example.com/x' };
  const { id } = await addWebhook(world.db, world.keys, tenantId, add, change());
  const stayed = { format: 'throughline' as const, name: 'b', url: 'https://one.example.com/y' };
  expect((await changeWebhook(world.db, world.keys, tenantId, id, stayed, change())).secret).toBeNull();
  const moved = { format: 'throughline' as const, name: 'b', url: 'https://two.example.com/y' };
  expect((await changeWebhook(world.db, world.keys, tenantId, id, moved, change())).secret).toMatch(/^whsec_/);
});

test('a secret sealed for another host is never used', async () => {
  const { url, calls } = await listener(() => ({ status: 204 }));
  const { id } = await addWebhook(world.db, world.keys, tenantId, { format: 'throughline', name: 'a', url }, change());
  const place = {
    tenantId,
    owner: webhookSecretOwner(id),
    destination: secretDestination('https://other.example.com/'),
  };
  await sealSecret(world.db, world.keys, place, 'stolen', new Date());
  await world.rule({ recipients: [], webhooks: [id] });
  world.notifier({ allow });
  await world.put({ incidentId: 1 });
  await eventually(async () => ((await world.states()).waiting ?? 0) + ((await world.states()).dead ?? 0) === 1);
  await eventually(async () => (await world.states()).dead === 1);
  expect(calls).toEqual([]);
});
