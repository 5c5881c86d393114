import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { MailOauth } from '@throughline/model';
import { afterEach, describe, expect, test } from 'vitest';
import { allowNothing, readAllowList } from '../outbound/allow-list.ts';
import { type MailChannelOptions, openMailChannel } from './mail-channel.ts';
import { mailTokens } from './mail-oauth.ts';
import { selfSigned, startMailReceiver } from './mail-receiver.fixture.ts';
import { loopback } from './notify.fixture.ts';

const certificate = selfSigned();
const ends: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});
const mail = {
  to: 'ada@example.com',
  subject: 'S',
  html: '<p>H</p>',
  text: 'H',
  messageId: '<a@b.example>',
  date: '2026-01-31T09:00:00.000Z',
};
const server = (port: number, host = '127.0.0.1') => ({
  host,
  port,
  security: 'tls' as const,
  signIn: 'oauth2' as const,
  userName: 'soc@example.com',
  oauth: null,
  fromAddress: 'soc@example.com',
  fromName: 'SOC',
});

/** A token endpoint that numbers its tokens, and a mail server that takes only the newest of them. */
async function provider(answer: (form: URLSearchParams, n: number) => object = () => ({})) {
  const forms: URLSearchParams[] = [];
  let valid = '';
  const endpoint = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    const form = new URLSearchParams(text);
    forms.push(form);
    const said = { access_token: `token-${forms.length}`, expires_in: 3600, ...answer(form, forms.length) };
    valid = said.access_token;
    response.writeHead('error' in said ? 400 : 200, { 'content-type': 'application/json' }).end(JSON.stringify(said));
  });
  await new Promise<void>((resolve) => endpoint.listen(0, '127.0.0.1', resolve));
  ends.push(() => new Promise((resolve) => void endpoint.close(() => resolve())));
  const box = await startMailReceiver({
    ...certificate,
    secure: true,
    authMethods: ['XOAUTH2'],
    onAuth: (auth, _, done) => {
      const right = auth.username === 'soc@example.com' && auth.accessToken === valid;
      done(right ? null : new Error('Invalid token'), right ? { user: 'soc' } : undefined);
    },
  });
  ends.push(() => box.stop());
  const tokenUrl = `http://127.0.0.1:${(endpoint.address() as AddressInfo).port}/token`;
  const revoke = () => {
    valid = 'none of them';
  };
  return { forms, box, tokenUrl, revoke };
}

function tokensOf(oauth: Partial<MailOauth> & { tokenUrl: string }, kept: string[] = [], clock = () => new Date()) {
  return mailTokens(
    {
      oauth: { clientId: 'throughline', grant: 'refreshToken', scope: 'mail.send', ...oauth },
      clientSecret: 'c1ient-secret',
      refreshToken: 'refresh-1',
      keepRefreshToken: async (token) => void kept.push(token),
    },
    { allow: loopback, clock },
  );
}

function open(options: Partial<MailChannelOptions> & Pick<MailChannelOptions, 'server'>) {
  const channel = openMailChannel({ secret: null, allow: loopback, ca: certificate?.cert, ...options });
  ends.push(() => channel.close());
  return channel;
}

describe.skipIf(certificate === undefined)('XOAUTH2 against a real token endpoint and mail server', () => {
  test('with a refresh token: asked for once, used again, and renewed when the server refuses it', async () => {
    const { forms, box, tokenUrl, revoke } = await provider();
    const tokens = tokensOf({ tokenUrl });
    const first = open({ server: server(box.port), tokens });
    await first.send(mail);
    await open({ server: server(box.port), tokens }).send(mail);
    expect(box.mails).toHaveLength(2);
    expect(Object.fromEntries(forms[0] ?? [])).toEqual({
      client_id: 'throughline',
      client_secret: 'c1ient-secret',
      grant_type: 'refresh_token',
      refresh_token: 'refresh-1',
      scope: 'mail.send',
    });
    expect(forms).toHaveLength(1);
    revoke();
    await open({ server: server(box.port), tokens }).send(mail);
    expect([box.mails.length, forms.length]).toEqual([3, 2]);
  });

  test('with client credentials', async () => {
    const { forms, box, tokenUrl } = await provider();
    await open({ server: server(box.port), tokens: tokensOf({ tokenUrl, grant: 'clientCredentials' }) }).send(mail);
    expect(forms[0]?.get('grant_type')).toBe('client_credentials');
    expect(forms[0]?.has('refresh_token')).toBe(false);
    expect(box.mails).toHaveLength(1);
  });

  test('what the endpoint refuses closes the way, and no secret is in the words', async () => {
    const { box, tokenUrl } = await provider(() => ({ error: 'invalid_grant', error_description: 'c1ient-secret' }));
    const error = await open({ server: server(box.port), tokens: tokensOf({ tokenUrl }) })
      .send(mail)
      .catch((failed) => failed);
    expect(error).toMatchObject({
      failure: 'way',
      message: 'The token endpoint answered 400 (invalid_grant): no access token.',
    });
  });
});

test('a token is renewed shortly before it expires; a new refresh token is kept and used', async () => {
  let now = Date.now();
  const kept: string[] = [];
  const { forms, tokenUrl } = await provider((_, n) => (n === 1 ? { refresh_token: 'refresh-2' } : {}));
  const tokens = tokensOf({ tokenUrl }, kept, () => new Date(now));
  await Promise.all([tokens(false), tokens(false)]);
  now += 57 * 60_000;
  await tokens(false);
  expect(forms).toHaveLength(1);
  now += 2 * 60_000;
  expect((await tokens(false)).token).toBe('token-2');
  expect([forms[1]?.get('refresh_token'), kept]).toEqual(['refresh-2', ['refresh-2']]);
});

describe('a mail server inside the network', () => {
  test.each([
    ['127.0.0.1', 'THROUGHLINE_OUTBOUND_ALLOW=127.0.0.1 '],
    ['localhost', 'THROUGHLINE_OUTBOUND_ALLOW=localhost '],
    ['10.1.2.3', 'THROUGHLINE_OUTBOUND_ALLOW=10.1.2.3 '],
  ])('%s is not connected to, and the error says what to set', async (host, words) => {
    const box = await startMailReceiver({ onConnect: () => expect.unreachable('connected') });
    ends.push(() => box.stop());
    const channel = open({ server: { ...server(box.port, host), signIn: 'none' }, allow: allowNothing });
    await expect(channel.send(mail)).rejects.toMatchObject({ failure: 'way', message: expect.stringContaining(words) });
  });

  test('the metadata service stays out of reach by an allowed name', async () => {
    const { allow } = readAllowList('localhost');
    const channel = open({ server: { ...server(25, '169.254.169.254'), signIn: 'none' }, allow });
    await expect(channel.send(mail)).rejects.toMatchObject({ message: expect.stringContaining('metadata service') });
  });

  test.skipIf(certificate === undefined)(
    'an allowed name is connected to, and its certificate checked by name',
    async () => {
      const box = await startMailReceiver({ ...certificate, secure: true });
      ends.push(() => box.stop());
      const { allow } = readAllowList('localhost, 127.0.0.0/8, ::1');
      await open({ server: { ...server(box.port, 'localhost'), signIn: 'none' }, allow }).send(mail);
      expect(box.mails).toHaveLength(1);
    },
  );
});
