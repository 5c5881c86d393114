import { connect, createServer, type Server, type Socket } from 'node:net';
import { listDeliveries, retryDelivery } from '@throughline/store';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type MailReceiver, refusal, startMailReceiver } from './mail-receiver.fixture.ts';
import { eventually, quickPauses, startWorld, type World } from './notify.fixture.ts';

let world: World;
const ends: (() => Promise<void>)[] = [];
beforeEach(async () => {
  world = await startWorld();
});
afterEach(async () => {
  await world.stop();
  for (const end of ends.splice(0).reverse()) await end();
});

async function receiver(options: Parameters<typeof startMailReceiver>[0] = {}): Promise<MailReceiver> {
  const made = await startMailReceiver(options);
  ends.push(() => made.stop());
  return made;
}
const sent = (count: number) => eventually(async () => ((await world.states()).sent ?? 0) >= count);
const messageIds = ({ mails }: MailReceiver) => mails.map(({ messageId }) => messageId);

describe('from a commit of correlation to a mailbox', () => {
  test('every recipient gets one mail; what does not fit stays silent', async () => {
    const box = await receiver();
    await world.mailServer(box.port);
    await world.rule({ recipients: ['ada@example.com', 'bob@example.com'] });
    world.notifier();
    await world.put({ incidentId: 1 }, { incidentId: 2, severity: 'low' }, { incidentId: 3, background: true });
    await sent(2);
    expect(box.mails.map(({ envelopeTo }) => envelopeTo.join()).sort()).toEqual(['ada@example.com', 'bob@example.com']);
    const [mail] = box.mails;
    expect(mail?.subject).toBe('High incident 1: Incident name 1');
    expect(mail?.from?.text).toBe('"Throughline" <throughline@soc.example.com>');
    expect(mail?.text).toContain('https://soc.example.com/incidents/1');
    expect(mail?.html).toContain('Joined by a shared device');
    expect(mail?.headers.get('auto-submitted')).toBe('auto-generated');
    expect(new Set(messageIds(box)).size).toBe(2);
  });

  test('mails of one incident make a thread; recipients and incidents have their own', async () => {
    const box = await receiver();
    await world.mailServer(box.port);
    await world.rule({});
    world.notifier();
    for (const round of [1, 2, 3]) {
      await world.put({ incidentId: 1 }, { incidentId: 2 });
      await sent(round * 2);
    }
    const thread = box.mails.filter(({ subject }) => subject?.includes('incident 1:'));
    const [first, second, third] = thread;
    expect(thread).toHaveLength(3);
    expect(first?.inReplyTo).toBeUndefined();
    expect(second?.inReplyTo).toBe(first?.messageId);
    expect(second?.references).toBe(first?.messageId);
    expect(third?.inReplyTo).toBe(second?.messageId);
    expect(third?.references).toEqual([first?.messageId, second?.messageId]);
    expect(new Set(thread.map(({ subject }) => subject)).size).toBe(1);
    expect(third?.text).toContain('1 new alert');
  });

  test('after a merge the mails go on in the thread of the first', async () => {
    const box = await receiver();
    await world.mailServer(box.port);
    await world.rule({});
    world.notifier();
    await world.put({ incidentId: 1 });
    await sent(1);
    await world.put({ incidentId: 2, merges: [1], severity: 'low' });
    await sent(2);
    expect(box.mails[1]?.subject).toContain('incident 2');
    expect(box.mails[1]?.text).toContain('Incident 1 was merged into it.');
    expect(box.mails[1]?.inReplyTo).toBe(box.mails[0]?.messageId);
  });

  test('updates within the quiet period become one mail', async () => {
    const box = await receiver();
    let now = Date.now();
    await world.mailServer(box.port);
    await world.rule({ quietMinutes: 30 });
    world.notifier({ clock: () => new Date(now) });
    await world.put({ incidentId: 1 });
    await sent(1);
    for (let i = 0; i < 5; i++) {
      await world.put({ incidentId: 1, title: `Update ${i}` });
      await eventually(async () => (await alertCount()) === i + 1);
    }
    expect(box.mails).toHaveLength(1);
    now += 30 * 60_000 + 1;
    await sent(2);
    expect(box.mails[1]?.text).toContain('5 new alerts');
    for (let i = 0; i < 5; i++) expect(box.mails[1]?.text).toContain(`Update ${i}`);
    await expect.poll(() => world.states()).toEqual({ sent: 2 });
  });

  const alertCount = async () =>
    (
      await world.db
        .selectFrom('notification_notice')
        .select('alert_count')
        .where('window_no', '=', 1)
        .executeTakeFirst()
    )?.alert_count;

  test('first only: one mail an incident, also across a merge', async () => {
    const box = await receiver();
    await world.mailServer(box.port);
    await world.rule({ firstOnly: true });
    world.notifier();
    await world.put({ incidentId: 1 });
    await sent(1);
    await world.put({ incidentId: 1 }, { incidentId: 2, merges: [1] }, { incidentId: 2 }, { incidentId: 3 });
    await sent(2);
    expect(box.mails.map(({ subject }) => subject)).toEqual([
      'High incident 1: Incident name 1',
      'High incident 3: Incident name 3',
    ]);
  });

  test('a recipient who joins hears of later incidents only', async () => {
    const box = await receiver();
    await world.mailServer(box.port);
    await world.put({ incidentId: 1 });
    await world.rule({});
    await world.db
      .updateTable('notification_rule')
      .set({ recipients: JSON.stringify([{ channel: 'mail', target: 'ada@example.com', since: new Date() }]) })
      .execute();
    world.notifier();
    await world.put({ incidentId: 1 }, { incidentId: 2 });
    await sent(1);
    expect(box.mails.map(({ subject }) => subject)).toEqual(['High incident 2: Incident name 2']);
  });

  test('two servers on one database send once; when one ends the other goes on', async () => {
    const box = await receiver();
    await world.mailServer(box.port);
    await world.rule({});
    const first = world.notifier();
    const second = world.notifier();
    for (let i = 1; i <= 10; i++) await world.put({ incidentId: i });
    await sent(10);
    await first.stop();
    await world.put({ incidentId: 11 });
    await sent(11);
    await second.stop();
    expect(new Set(messageIds(box)).size).toBe(11);
    expect(box.mails).toHaveLength(11);
  });

  test('stopped in the middle of a mail that is never taken: stops in time, and the mail goes after the next start', async () => {
    let stuck = true;
    const box = await receiver({ accept: () => (stuck ? new Promise<void>(() => {}) : undefined) });
    await world.mailServer(box.port);
    await world.rule({});
    const notifier = world.notifier();
    await world.put({ incidentId: 1 });
    await eventually(async () => (await world.states()).sending === 1);
    const started = performance.now();
    await notifier.stop();
    expect(performance.now() - started).toBeLessThan(3_000);
    stuck = false;
    world.notifier();
    await sent(1);
    expect(box.mails).toHaveLength(1);
  });

  test('hostile texts in every field arrive as text, and add no header', async () => {
    const box = await receiver();
    await world.mailServer(box.port);
    const text = 'x\r\nBcc: victim@example.com\r\n\r\n<script>alert(1)</script>\u202E"><img src=x onerror=a>';
    await world.rule({ includeOrganization: true });
    await world.db.updateTable('tenant').set({ name: text }).execute();
    await world.db.updateTable('notification_rule').set({ name: text }).execute();
    world.notifier();
    await world.put({
      incidentId: 1,
      title: text,
      serviceSource: text,
      detectionSource: text,
      incident: { display_name: text, reason: text, custom_tags: [text], categories: [text] },
    });
    await sent(1);
    const [mail] = box.mails;
    expect(mail?.bcc).toBeUndefined();
    expect(mail?.envelopeTo).toEqual(['ada@example.com']);
    expect(mail?.html).not.toMatch(/<script|<img/);
    expect(mail?.html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(mail?.subject).toMatch(/^x Bcc: victim@example.com <script>alert\(1\)<\/script>"><img/);
    expect([...(mail?.headers.keys() ?? [])].sort()).toEqual(
      [
        'auto-submitted',
        'content-type',
        'date',
        'from',
        'message-id',
        'mime-version',
        'subject',
        'to',
        'x-auto-response-suppress',
      ].sort(),
    );
  });
});

describe('when the mail server does not play along', () => {
  test('down, then up: everything arrives once, in order', async () => {
    const before = await receiver();
    const { port } = before;
    await world.mailServer(port);
    await before.stop();
    await world.rule({ recipients: ['ada@example.com', 'bob@example.com'] });
    world.notifier();
    await world.put({ incidentId: 1 }, { incidentId: 2 });
    await eventually(async () => (await failures()) > 2);
    await world.put({ incidentId: 1 });
    await new Promise((resolve) => setTimeout(resolve, 300));
    const after = await receiver({ port });
    await sent(6);
    expect(new Set(messageIds(after)).size).toBe(6);
    expect(after.mails).toHaveLength(6);
    await expect.poll(() => world.states()).toEqual({ sent: 6 });
  });

  const failures = async () =>
    (await world.db.selectFrom('notification_delivery').select('attempts').execute()).reduce(
      (a, b) => a + b.attempts,
      0,
    );

  test('4xx, then accept: the same mail is sent again', async () => {
    const tried: string[] = [];
    const box = await receiver({
      accept: (_, raw) => {
        tried.push(raw);
        if (tried.length < 3) throw refusal(451, 'greylisted');
      },
    });
    await world.mailServer(box.port);
    await world.rule({});
    world.notifier();
    await world.put({ incidentId: 1 });
    await sent(1);
    expect(tried).toHaveLength(3);
    const withoutBoundary = tried.map((raw) => raw.replace(/--_NmP-[^\s"]+/g, '--'));
    expect(new Set(withoutBoundary).size).toBe(1);
    expect(box.mails).toHaveLength(1);
  });

  test('a recipient refused for a while holds nobody else up', async () => {
    let refused = 0;
    const box = await receiver({
      onRcptTo({ address }, _, done) {
        done(address.startsWith('full') && refused++ < 2 ? refusal(452, 'mailbox full') : undefined);
      },
    });
    await world.mailServer(box.port);
    await world.rule({ recipients: ['full@example.com', 'ada@example.com'] });
    world.notifier();
    await world.put({ incidentId: 1 });
    await sent(2);
    expect(box.mails.map(({ envelopeTo }) => envelopeTo.join())).toEqual(['ada@example.com', 'full@example.com']);
  });

  test('5xx: a dead letter with the server’s words; sent again by hand it arrives', async () => {
    let known = false;
    const box = await receiver({
      onRcptTo({ address }, _, done) {
        done(address.startsWith('gone') && !known ? refusal(550, 'no such mailbox') : undefined);
      },
    });
    await world.mailServer(box.port);
    await world.rule({ recipients: ['gone@example.com', 'ada@example.com'] });
    world.notifier();
    await world.put({ incidentId: 1 });
    await eventually(async () => {
      const { dead = 0, sent = 0 } = await world.states();
      return dead === 1 && sent === 1;
    });
    const { items } = await listDeliveries(world.db, 'default', { state: 'dead', limit: 10 });
    expect(items).toMatchObject([
      { target: 'gone@example.com', attempts: 1, lastError: expect.stringContaining('no such mailbox') },
    ]);
    known = true;
    await retryDelivery(world.db, 'default', items[0]?.id ?? 0, { now: new Date(), patience: 60_000 });
    await sent(2);
    expect(new Set(messageIds(box)).size).toBe(2);
  });

  test('a sender refused is a matter of settings: nothing is lost while they are mended', async () => {
    let allowed = false;
    const box = await receiver({
      onMailFrom: (_, __, done) => done(allowed ? undefined : refusal(553, 'sender not allowed')),
    });
    await world.mailServer(box.port);
    await world.rule({});
    world.notifier();
    await world.put({ incidentId: 1 });
    await eventually(async () => (await failures()) > 1);
    expect(await world.states()).not.toHaveProperty('dead');
    allowed = true;
    await sent(1);
    expect(box.mails).toHaveLength(1);
  });

  test('a connection cut in the middle of the mail, a greeting that never comes: tried again, once delivered', async () => {
    let cuts = 0;
    const box = await receiver({
      onData(stream, _, done) {
        if (cuts++ < 2) {
          // What a server does that crashes before it has taken the mail.
          stream.resume();
          cutAll();
          return;
        }
        const chunks: Buffer[] = [];
        stream.on('data', (chunk) => chunks.push(chunk));
        stream.on('end', () => {
          got.push(Buffer.concat(chunks).toString());
          done();
        });
      },
    });
    const got: string[] = [];
    const { cutAll, port, close } = await cuttingProxy(box.port);
    ends.push(close);
    await world.mailServer(port);
    await world.rule({});
    world.notifier({ mailTimeouts: { connect: 500, silence: 500, whole: 2_000 } });
    await world.put({ incidentId: 1 });
    await sent(1);
    expect(cuts).toBe(3);
    expect(got).toHaveLength(1);
  });

  test('a half-closed connection that says nothing more', async () => {
    const silent: Server = createServer({ allowHalfOpen: true }, (socket) => {
      socket.on('error', () => {});
      socket.write('220 hello\r\n');
      socket.once('data', () => socket.end('250 hello\r\n'));
    });
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    ends.push(() => new Promise((resolve) => silent.close(() => resolve())));
    const { port } = silent.address() as { port: number };
    await world.mailServer(port);
    await world.rule({});
    world.notifier({ mailTimeouts: { connect: 300, silence: 300, whole: 1_000 } });
    await world.put({ incidentId: 1 });
    await eventually(async () => (await failures()) >= 2);
    const box = await receiver();
    await world.mailServer(box.port);
    await sent(1);
    expect(box.mails).toHaveLength(1);
  });

  test('patience ends in a dead letter that says why', async () => {
    await world.mailServer(1);
    await world.rule({});
    world.notifier({ pauses: { ...quickPauses, patience: 300 } });
    await world.put({ incidentId: 1 });
    await eventually(async () => (await world.states()).dead === 1);
    const row = await world.db.selectFrom('notification_delivery').select('last_error').executeTakeFirst();
    expect(row?.last_error).toMatch(/^Given up: .*ECONNREFUSED/);
  });

  test('without a mail server messages wait, and go once there is one', async () => {
    await world.rule({});
    world.notifier();
    await world.put({ incidentId: 1 });
    await eventually(async () => (await world.states()).waiting === 1);
    const box = await receiver();
    await world.mailServer(box.port);
    await sent(1);
    expect(box.mails).toHaveLength(1);
  });
});

/** Forwards connections to `port` and can cut them all. */
async function cuttingProxy(port: number) {
  const sockets = new Set<Socket>();
  const proxy = createServer((socket) => {
    const onward = connect(port, '127.0.0.1');
    for (const each of [socket, onward]) {
      sockets.add(each);
      each.on('error', () => {});
      each.on('close', () => sockets.delete(each));
    }
    socket.pipe(onward).pipe(socket);
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const cutAll = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    port: (proxy.address() as { port: number }).port,
    cutAll,
    close: () =>
      new Promise<void>((resolve) => {
        cutAll();
        proxy.close(() => resolve());
      }),
  };
}
