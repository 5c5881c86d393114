import { connect, createServer, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type MailReceiver, refusal, selfSigned, startMailReceiver } from './mail-receiver.fixture.ts';
import { type Notifier, type NotifierLog, usualPauses } from './notifier.ts';
import { eventually, startWorld, type World } from './notify.fixture.ts';

// The usual pauses of minutes, on a clock that the test moves.
const second = 1000;
let world: World;
let now: number;
let notifier: Notifier;
const pauses: number[] = [];
const ends: (() => Promise<void>)[] = [];

beforeEach(async () => {
  world = await startWorld();
  now = Date.now();
  pauses.length = 0;
});
afterEach(async () => {
  await world.stop();
  for (const end of ends.splice(0).reverse()) await end();
});

const log: NotifierLog = {
  info() {},
  error: console.error,
  warn(message) {
    const pause = /next try in (\d+) s/.exec(message)?.[1];
    if (pause !== undefined) pauses.push(Number(pause));
  },
};
const start = (options: Parameters<World['notifier']>[0] = {}) => {
  notifier = world.notifier({ clock: () => new Date(now), pauses: { ...usualPauses, poll: 50 }, log, ...options });
};
async function receiver(options: Parameters<typeof startMailReceiver>[0] = {}): Promise<MailReceiver> {
  const made = await startMailReceiver(options);
  ends.push(() => made.stop());
  return made;
}
const pass = (ms: number) => {
  now += ms;
  notifier.notify();
};
const attempts = async () => {
  const rows = await world.db.selectFrom('notification_delivery').select(['attempts', 'state']).execute();
  return { count: rows.reduce((sum, row) => sum + row.attempts, 0), sending: rows.some((r) => r.state === 'sending') };
};
/** Once so many tries were made and noted. */
const tried = (count: number) =>
  eventually(async () => {
    const { count: made, sending } = await attempts();
    return made >= count && !sending;
  });
const sent = (count: number) => eventually(async () => (await world.states()).sent === count);
const once = ({ mails }: MailReceiver) => {
  expect(new Set(mails.map(({ messageId }) => messageId)).size).toBe(mails.length);
  return mails;
};

describe('on a clock that moves', () => {
  test('down for five minutes: asked after 10, 30, 60, 120 and 300 s, by one message; then all arrive, each once, in order', async () => {
    const before = await receiver();
    const { port } = before;
    await world.mailServer(port);
    await before.stop();
    await world.rule({ recipients: ['ada@example.com'] });
    start();
    await world.put({ incidentId: 1 });
    await tried(1);
    for (const [index, pause] of [10, 30, 60, 120].entries()) {
      // What comes meanwhile waits and asks nobody.
      await world.put({ incidentId: 1, title: `Meanwhile ${index}` });
      pass(pause * second - 1);
      await eventually(async () => (await position()) === index + 2);
      expect(await attempts()).toEqual({ count: index + 1, sending: false });
      pass(1);
      await tried(index + 2);
    }
    expect(pauses).toEqual([10, 30, 60, 120, 300]);
    const after = await receiver({ port });
    pass(80 * second);
    await world.put({ incidentId: 2 });
    await eventually(async () => (await position()) === 6);
    // 300 s have passed since the first try, 80 since the last: it is not asked yet.
    expect(after.mails).toEqual([]);
    pass(220 * second);
    await eventually(async () => Object.keys(await world.states()).join() === 'sent');
    const mails = once(after);
    const thread = mails.filter(({ subject }) => subject?.includes('incident 1:')).map(({ text = '' }) => text);
    expect(mails.some(({ subject }) => subject?.includes('incident 2:'))).toBe(true);
    for (let index = 0; index < 4; index++) {
      expect(thread.filter((text) => text.includes(`Meanwhile ${index}`))).toHaveLength(1);
    }
    expect(thread[0]).toContain('New incident 1');
  });

  test('4xx for the message: 30 s, 1, 2, 5 minutes later, then taken', async () => {
    let refusals = 0;
    const box = await receiver({
      accept: () => {
        if (refusals++ < 4) throw refusal(451, 'try again later');
      },
    });
    await world.mailServer(box.port);
    await world.rule({});
    start();
    await world.put({ incidentId: 1 });
    await tried(1);
    for (const [index, pause] of [30, 60, 120, 300].entries()) {
      pass(pause * second);
      if (index < 3) await tried(index + 2);
    }
    await sent(1);
    expect(pauses).toEqual([30, 60, 120, 300]);
    expect(once(box)).toHaveLength(1);
  });

  test('5xx for one message: a dead letter at once; the others go on', async () => {
    const box = await receiver({
      accept: (to) => {
        if (to === 'gone@example.com') throw refusal(554, 'refused for good');
      },
    });
    await world.mailServer(box.port);
    await world.rule({ recipients: ['gone@example.com', 'ada@example.com'] });
    start();
    await world.put({ incidentId: 1 });
    await eventually(async () => {
      const { dead, sent } = await world.states();
      return dead === 1 && sent === 1;
    });
    pass(3_600 * second);
    await world.put({ incidentId: 2 });
    await eventually(async () => (await world.states()).sent === 2);
    expect(once(box).map(({ envelopeTo }) => envelopeTo[0])).toEqual(['ada@example.com', 'ada@example.com']);
  });

  test('TLS that answers slower than a server may: given up and tried again; in time it arrives, once', async (context) => {
    const certificate = selfSigned();
    if (certificate === undefined) return context.skip('no openssl');
    const box = await receiver({ secure: true, ...certificate });
    let slow = true;
    const gate = createServer((socket) => {
      socket.on('error', () => {});
      if (slow) return socket.resume();
      return joined(socket, box.port);
    });
    const port = await listen(gate);
    await world.mailServer(port, { security: 'tls' });
    await world.rule({});
    start({ mailCa: certificate.cert, mailTimeouts: { connect: 200, silence: 200, whole: 400 } });
    await world.put({ incidentId: 1 });
    await tried(1);
    slow = false;
    pass(10 * second);
    await sent(1);
    expect(pauses).toEqual([10]);
    expect(once(box)).toHaveLength(1);
  });

  test('the connection is half-closed after the final dot, before the answer: the mail may come twice, the same under one Message-ID', async () => {
    let cut = true;
    const box = await receiver();
    const gate = createServer({ allowHalfOpen: true }, (socket) => {
      joined(socket, box.port, (answer, toClient) => {
        // The server has taken the mail, and its word of it is lost.
        if (cut && /^250 .*queued|^250 OK: message/im.test(answer)) {
          cut = false;
          toClient.end();
          return;
        }
        toClient.write(answer);
      });
    });
    const port = await listen(gate);
    await world.mailServer(port);
    await world.rule({});
    start({ mailTimeouts: { connect: 500, silence: 500, whole: 2_000 } });
    await world.put({ incidentId: 1 });
    await tried(1);
    expect(cut).toBe(false);
    expect(box.mails).toHaveLength(1);
    expect(await world.states()).toEqual({ waiting: 1 });
    pass(10 * second);
    await sent(1);
    const [first, second_] = box.mails;
    expect(box.mails).toHaveLength(2);
    expect(second_?.messageId).toBe(first?.messageId);
    expect([second_?.subject, second_?.text, second_?.html, second_?.date]).toEqual([
      first?.subject,
      first?.text,
      first?.html,
      first?.date,
    ]);
    pass(3_600 * second);
    await world.put({ incidentId: 2 });
    await sent(2);
    expect(box.mails).toHaveLength(3);
  });
});

/** Alerts that were judged. */
async function position(): Promise<number> {
  const row = await world.db.selectFrom('notification_position').select('alert_seq').executeTakeFirst();
  const judged = await world.db
    .selectFrom('alert')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('seq', '<=', row?.alert_seq ?? 0)
    .executeTakeFirst();
  return Number(judged?.count ?? 0);
}

async function listen(server: ReturnType<typeof createServer>): Promise<number> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ends.push(() => {
    for (const socket of sockets) socket.destroy();
    return new Promise((resolve) => server.close(() => resolve()));
  });
  return (server.address() as { port: number }).port;
}

/** Passes a connection on to `port`; `answers` decides about each piece that the server says. */
function joined(socket: Socket, port: number, answers?: (answer: string, toClient: Socket) => void): Socket {
  const onward = connect(port, '127.0.0.1');
  for (const each of [socket, onward]) each.on('error', () => {});
  socket.pipe(onward);
  if (answers === undefined) onward.pipe(socket);
  else onward.on('data', (chunk) => answers(String(chunk), socket));
  socket.on('close', () => onward.destroy());
  return socket;
}
