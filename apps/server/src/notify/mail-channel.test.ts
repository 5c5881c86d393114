import { type AddressInfo, createServer, type Socket } from 'node:net';
import type { MailServerBody } from '@throughline/model';
import { afterEach, describe, expect, test } from 'vitest';
import { type Mail, type MailChannelOptions, openMailChannel } from './mail-channel.ts';
import { type MailReceiver, selfSigned, startMailReceiver } from './mail-receiver.fixture.ts';
import { loopback } from './notify.fixture.ts';

const certificate = selfSigned();
if (certificate === undefined) console.log('TLS of mail is not tested: there is no openssl to make a certificate.');

const ends: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function receiver(options: Parameters<typeof startMailReceiver>[0] = {}): Promise<MailReceiver> {
  const made = await startMailReceiver(options);
  ends.push(() => made.stop());
  return made;
}

function channel(port: number, change: Partial<MailServerBody> = {}, more: Partial<MailChannelOptions> = {}) {
  const server = {
    host: '127.0.0.1',
    port,
    security: 'none',
    signIn: 'none',
    userName: null,
    fromAddress: 'throughline@soc.example.com',
    fromName: 'SOC "night", Ünit',
    oauth: null,
    ...change,
  } as const;
  const made = openMailChannel({ server, secret: null, allow: loopback, ...more });
  ends.push(() => made.close());
  return made;
}

const mail: Mail = {
  to: 'ada@example.com',
  subject: 'Subject – ünïcödé',
  html: '<p>Hällo</p>',
  text: 'Hällo',
  messageId: '<a@b.example>',
  date: '2026-01-31T09:00:00.000Z',
};

test('the mail arrives as it was meant', async () => {
  const box = await receiver();
  await channel(box.port).send({ ...mail, inReplyTo: '<z@b>', references: ['<y@b>', '<z@b>'] });
  expect(box.mails).toMatchObject([
    {
      subject: mail.subject,
      text: expect.stringContaining('Hällo'),
      html: mail.html,
      messageId: mail.messageId,
      inReplyTo: '<z@b>',
      references: ['<y@b>', '<z@b>'],
      date: new Date(mail.date),
      from: { value: [{ name: 'SOC "night", Ünit', address: 'throughline@soc.example.com' }] },
    },
  ]);
});

test('connections are used again', async () => {
  let connections = 0;
  const box = await receiver({
    onConnect(_, done) {
      connections++;
      done();
    },
  });
  const open = channel(box.port);
  for (let i = 0; i < 10; i++) await open.send({ ...mail, messageId: `<${i}@b>` });
  expect(box.mails).toHaveLength(10);
  expect(connections).toBeLessThanOrEqual(4);
});

describe.skipIf(certificate === undefined)('over TLS', () => {
  const { key = '', cert = '' } = certificate ?? {};
  const accounts: NonNullable<Parameters<typeof startMailReceiver>[0]>['onAuth'] = (auth, _, done) => {
    const right = auth.username === 'soc' && (auth.password === 'pä55 wörd' || auth.accessToken === 'token-1');
    done(right ? null : new Error('Invalid username or password'), right ? { user: auth.username } : undefined);
  };
  const account = { signIn: 'password', userName: 'soc' } as const;

  test.each(['starttls', 'tls'] as const)('%s, with a certificate that is trusted', async (security) => {
    const box = await receiver({ key, cert, secure: security === 'tls' });
    await channel(box.port, { security }, { ca: cert }).send(mail);
    expect(box.mails).toHaveLength(1);
  });

  test.each(['starttls', 'tls'] as const)('%s, with one that is not: nothing is sent', async (security) => {
    const box = await receiver({ key, cert, secure: security === 'tls' });
    await expect(channel(box.port, { security }).send(mail)).rejects.toMatchObject({
      failure: 'way',
      message: expect.stringMatching(/self-signed/i),
    });
    expect(box.mails).toEqual([]);
  });

  test('a server that hides STARTTLS gets neither password nor mail', async () => {
    const seen: string[] = [];
    const box = await receiver({
      authMethods: ['PLAIN'],
      onAuth: (auth, _, done) => {
        seen.push(String(auth.password));
        done(null, { user: 'x' });
      },
    });
    const open = channel(box.port, { security: 'starttls', ...account }, { ca: cert, secret: 'pä55 wörd' });
    await expect(open.send(mail)).rejects.toMatchObject({ failure: 'way' });
    expect([seen, box.mails]).toEqual([[], []]);
  });

  test.each([
    ['PLAIN', 'password', 'pä55 wörd'],
    ['LOGIN', 'password', 'pä55 wörd'],
    ['XOAUTH2', 'oauth2', 'token-1'],
  ] as const)('AUTH %s', async (method, signIn, secret) => {
    const box = await receiver({ key, cert, secure: true, authMethods: [method], onAuth: accounts });
    await channel(box.port, { security: 'tls', signIn, userName: 'soc' }, { ca: cert, secret }).send(mail);
    expect(box.mails).toHaveLength(1);
  });

  test('a wrong password closes the way, and is not told', async () => {
    const box = await receiver({ key, cert, secure: true, onAuth: accounts });
    const secret = 'not-this-one';
    const error = await channel(box.port, { security: 'tls', ...account }, { ca: cert, secret })
      .send(mail)
      .catch((failed) => failed);
    expect(error).toMatchObject({ failure: 'way', message: expect.stringContaining('Invalid username or password') });
    expect(error.message).not.toContain(secret);
  });

  test('a handshake that takes for ever ends in time', async () => {
    const sockets = new Set<Socket>();
    const server = createServer((socket) => void sockets.add(socket));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    ends.push(() => {
      for (const socket of sockets) socket.destroy();
      return new Promise<void>((resolve) => server.close(() => resolve()));
    });
    const { port } = server.address() as AddressInfo;
    const timeouts = { connect: 300, silence: 300, whole: 1_000 };
    const started = performance.now();
    await expect(channel(port, { security: 'tls' }, { ca: cert, timeouts }).send(mail)).rejects.toMatchObject({
      failure: 'way',
    });
    expect(performance.now() - started).toBeLessThan(3_000);
  });

  test('a slow handshake is waited for', async () => {
    const box = await receiver({ key, cert, secure: true });
    const { connect } = await import('node:net');
    const slow = createServer((socket) => {
      const onward = connect(box.port, '127.0.0.1');
      for (const each of [socket, onward]) each.on('error', () => {});
      onward.pipe(socket);
      setTimeout(() => socket.pipe(onward), 700);
    });
    await new Promise<void>((resolve) => slow.listen(0, '127.0.0.1', resolve));
    ends.push(() => new Promise<void>((resolve) => slow.close(() => resolve())));
    await channel((slow.address() as AddressInfo).port, { security: 'tls' }, { ca: cert }).send(mail);
    expect(box.mails).toHaveLength(1);
  });
});

test('without TLS only on this machine', () => {
  expect(() => channel(25, { host: 'mail.example.com', security: 'none' })).toThrow(/only over TLS/);
});

test('a server that sends one byte now and then is given up', async () => {
  const server = createServer((socket) => {
    socket.on('error', () => {});
    const timer = setInterval(() => socket.write('220-\r\n'), 50);
    socket.on('close', () => clearInterval(timer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ends.push(() => new Promise<void>((resolve) => server.close(() => resolve())));
  const timeouts = { connect: 300, silence: 300, whole: 700 };
  const { port } = server.address() as AddressInfo;
  await expect(channel(port, {}, { timeouts }).send(mail)).rejects.toMatchObject({ failure: 'way' });
});
