import { createHmac } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer as createHttp } from 'node:http';
import { type AddressInfo, createServer as createTcp } from 'node:net';
import type { AuditEntry, AuditEvent } from '@throughline/model';
import { appendAudit, auditState, connect, type Db, migrate } from '@throughline/store';
import { freshDatabase, type TestDatabase } from '@throughline/store/testing';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { allowNothing, readAllowList } from '../outbound/allow-list.ts';
import { startForwarding } from './forward.ts';
import { syslogSender } from './send-syslog.ts';
import { webhookSender } from './send-webhook.ts';
import { syslogMessage } from './syslog-message.ts';

const tenant = 'default';
const clock = () => new Date('2026-03-01T08:00:00.000Z');
const { allow } = readAllowList('127.0.0.1');
const log = pino({ level: 'silent' });
let database: TestDatabase;
let db: Db;
const ends: (() => unknown)[] = [];

beforeAll(async () => {
  database = await freshDatabase();
  await migrate(database.databaseUrl);
  db = connect(database.databaseUrl, { max: 6, log: console });
});
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});
afterAll(async () => {
  await db?.destroy();
  await database?.drop();
});

const event: AuditEvent = {
  action: 'account.change',
  at: clock(),
  actor: { kind: 'person', name: 'ada', id: '1' },
  target: { kind: 'account', id: '2' },
  outcome: 'done',
  address: '192.0.2.1',
  requestId: 'r',
  details: {},
};
let written = 0;
async function write(count: number): Promise<void> {
  for (let left = count; left > 0; left--) {
    written += 1;
    await appendAudit(db, tenant, [{ ...event, details: { n: written } }]);
  }
}
const waiting = async (name: string) =>
  (await auditState(db, tenant)).receivers.find((receiver) => receiver.name === name)?.waiting;
const forward = (name: string, send: Parameters<typeof startForwarding>[0]['receivers'][string]) => {
  const stop = startForwarding({ db, clock, log, receivers: { [name]: send }, pollMs: 20 });
  ends.push(stop);
  return stop;
};
const upTo = (last: number) => [...Array(last).keys()].map((index) => index + 1);

/** A syslog server over TCP that can be taken down and brought back at the same port. */
async function tcpServer(port = 0) {
  const received: string[] = [];
  const server = createTcp((socket) => {
    const chunks: Buffer[] = [];
    socket.on('error', () => {});
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('end', () => received.push(...framed(Buffer.concat(chunks))));
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const down = () => new Promise((done) => server.close(done));
  ends.push(down);
  return { received, down, port: (server.address() as AddressInfo).port };
}

function framed(bytes: Buffer): string[] {
  const messages: string[] = [];
  for (let at = 0; at < bytes.length; ) {
    const space = bytes.indexOf(32, at);
    const length = Number(bytes.subarray(at, space));
    messages.push(bytes.subarray(space + 1, space + 1 + length).toString());
    at = space + 1 + length;
  }
  return messages;
}
const seqOf = (message: string) => Number(/ seq="(\d+)"/.exec(message)?.[1]);

describe('over TCP', () => {
  test('everything arrives once and in order, also after the server was down', async () => {
    await write(3);
    const first = await tcpServer();
    const sender = syslogSender({ protocol: 'tcp', host: '127.0.0.1', port: first.port }, allow);
    forward('tcp', sender);
    await expect.poll(() => waiting('tcp')).toBe(0);
    await first.down();
    await write(250);
    await expect
      .poll(async () => (await auditState(db, tenant)).receivers[0]?.lastError)
      .toMatch(/could not be reached: ECONNREFUSED/);
    const second = await tcpServer(first.port);
    await expect.poll(() => waiting('tcp'), { timeout: 10_000 }).toBe(0);
    expect([...first.received, ...second.received].map(seqOf)).toEqual(upTo(written));
    expect((await auditState(db, tenant)).receivers[0]?.lastError).toBeNull();
  });

  test('a connection that breaks before the end counts for nothing', async () => {
    await write(1);
    let breaks = 2;
    const server = createTcp((socket) => {
      socket.on('error', () => {});
      if (breaks-- > 0) socket.resetAndDestroy();
      else socket.resume();
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    ends.push(() => server.close());
    const { port } = server.address() as AddressInfo;
    forward('tcp', syslogSender({ protocol: 'tcp', host: '127.0.0.1', port }, allow));
    await expect.poll(() => waiting('tcp')).toBe(0);
    expect(breaks).toBeLessThan(0);
  });
});

test('over UDP a datagram an entry', async () => {
  const socket = createSocket('udp4');
  const received: string[] = [];
  socket.on('message', (message) => received.push(message.toString()));
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  ends.push(() => socket.close());
  const stop = forward('udp', syslogSender({ protocol: 'udp', host: '127.0.0.1', port: socket.address().port }, allow));
  await expect.poll(() => received.length).toBe(written);
  await stop();
  expect(received.map(seqOf)).toEqual(upTo(written));
});

describe('to a webhook', () => {
  test('signed, in order, again after a failure, and from where it was after a restart', async () => {
    const bodies: { tenantId: string; entries: AuditEntry[] }[] = [];
    const problems: string[] = [];
    let refusals = 2;
    const server = createHttp(async (request, response) => {
      let body = '';
      for await (const chunk of request) body += chunk;
      const [, seconds, hex] = /^t=(\d+),v1=(.*)$/.exec(String(request.headers['x-throughline-signature'])) ?? [];
      const expected = createHmac('sha256', 'shared').update(`${seconds}.${body}`).digest('hex');
      if (hex !== expected) problems.push(`signature ${hex}`);
      if (refusals-- > 0) return response.writeHead(503).end();
      bodies.push(JSON.parse(body));
      return response.writeHead(204).end();
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    ends.push(() => server.close());
    const { port } = server.address() as AddressInfo;
    const target = { url: `http://127.0.0.1:${port}/audit`, secret: 'shared' };
    const stop = forward('webhook', webhookSender(target, { allow }, clock));
    await expect.poll(() => waiting('webhook'), { timeout: 10_000 }).toBe(0);
    await stop();
    await write(2);
    forward('webhook', webhookSender(target, { allow }, clock));
    await expect.poll(() => waiting('webhook')).toBe(0);
    expect(bodies.flatMap(({ entries }) => entries.map(({ seq }) => seq))).toEqual(upTo(written));
    expect(bodies[0]?.entries[0]).toMatchObject({ action: 'account.change', details: { n: 1 } });
    expect(problems).toEqual([]);
  });

  test('on an address that is not allowed is refused, and says so', async () => {
    forward(
      'webhook',
      webhookSender({ url: 'http://127.0.0.1:9/', secret: undefined }, { allow: allowNothing }, clock),
    );
    await write(1);
    await expect
      .poll(async () => (await auditState(db, tenant)).receivers[0]?.lastError)
      .toContain('THROUGHLINE_OUTBOUND_ALLOW');
  });
});

test('who is no longer set up is forgotten', async () => {
  forward('other', async () => {});
  await expect.poll(async () => (await auditState(db, tenant)).receivers.map(({ name }) => name)).toEqual(['other']);
});

describe('a syslog message', () => {
  const entry: AuditEntry = { ...event, seq: 7, at: event.at.toISOString(), hash: 'ab' };

  test('has the form of RFC 5424', () => {
    expect(syslogMessage(entry, tenant, 'soc 1')).toBe(
      `<110>1 2026-03-01T08:00:00.000Z soc_1 throughline ${process.pid} account.change ` +
        '[audit@32473 tenant="default" seq="7" actor="ada" actorKind="person" target="account/2" outcome="done" address="192.0.2.1"] ' +
        `\u{FEFF}${JSON.stringify({ tenantId: tenant, ...entry })}`,
    );
  });

  test.each([
    ['refused', '<108>1 '],
    ['failed', '<107>1 '],
  ] as const)('that was %s is more severe', (outcome, start) => {
    expect(syslogMessage({ ...entry, outcome }, tenant, 'h').startsWith(start)).toBe(true);
  });

  test('cannot be split or forged by a name', () => {
    const name = 'a"] evil\n<13>1 \\ \u2028';
    const message = syslogMessage({ ...entry, actor: { ...event.actor, name } }, tenant, 'h');
    expect(message).not.toMatch(/[\n\r\u2028\u2029]/);
    expect(message).toContain('actor="a\\"\\] evil <13>1 \\\\  "');
  });

  test('of a long entry leaves the details out', () => {
    const message = syslogMessage({ ...entry, details: { text: 'x'.repeat(9000) } }, tenant, 'h');
    expect(Buffer.byteLength(message)).toBeLessThan(8192);
    expect(message).toContain('"details":{"omitted":true}');
  });
});
