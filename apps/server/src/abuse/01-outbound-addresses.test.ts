import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { syslogSender } from '../audit/send-syslog.ts';
import { webhookSender } from '../audit/send-webhook.ts';
import { mailTokens } from '../notify/mail-oauth.ts';
import { type AllowList, allowNothing, readAllowList } from '../outbound/allow-list.ts';
import { connectChecked } from '../outbound/connect-checked.ts';
import { outboundFetch } from '../outbound/outbound-fetch.ts';
import { type Answer, type Browser, startTestServer, type TestServer } from '../testing/test-server.ts';
import { type Canary, hiddenHosts, startCanary } from './canary.fixture.ts';
import { nameOf, schemaOf, walk, withBody } from './every-route.fixture.ts';

/**
 * Abuse 1. The attack: an address in a setting (webhook, chat, mail server, sign-in provider, token endpoint, receiver of
 * the audit log) that makes the server call itself, its network or a cloud's metadata service, written so that nobody
 * sees it, or reached by a redirect or a name that changes.
 */

/** Every field of the API that says where to call. A new one fails until it is asked below. */
const places = [
  'post /api/sign-in/providers body.issuer',
  'post /api/sign-in/providers/check body.issuer',
  'patch /api/sign-in/providers/{id} body.issuer',
  'post /api/notifications/mail-server body.host',
  'post /api/notifications/mail-server body.oauth.tokenUrl',
  'post /api/notifications/webhooks body.url',
  'patch /api/notifications/webhooks/{id} body.url',
];

let server: TestServer;
let admin: Browser;
/** May call 127.0.0.1, and nothing else that is not public. */
let lenient: TestServer;
let lenientAdmin: Browser;
let canary: Canary;
let beyond: Canary;
let redirector: Server;
let redirectorUrl = '';

beforeAll(async () => {
  [server, lenient, canary, beyond] = await Promise.all([
    startTestServer(),
    startTestServer({ outbound: readAllowList('127.0.0.1').allow }),
    startCanary(),
    startCanary('127.0.0.2'),
  ]);
  [admin, lenientAdmin] = await Promise.all([server.signedIn('administrator'), lenient.signedIn('administrator')]);
  redirector = createServer((request, response) => {
    const elsewhere = `http://127.0.0.2:${beyond.port}`;
    // A provider that is allowed, and points at what is not.
    if (request.url?.startsWith('/points/.well-known')) {
      const issuer = `${redirectorUrl}/points`;
      const document = {
        issuer,
        authorization_endpoint: `${issuer}/auth`,
        token_endpoint: `${elsewhere}/token`,
        jwks_uri: `${elsewhere}/jwks`,
        userinfo_endpoint: `${elsewhere}/me`,
        response_types_supported: ['code'],
        subject_types_supported: ['public'],
        id_token_signing_alg_values_supported: ['RS256'],
        code_challenge_methods_supported: ['S256'],
      };
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(document));
      return;
    }
    response.writeHead(request.url === '/keep' ? 307 : 302, { location: `${elsewhere}/` }).end();
  });
  await new Promise<void>((done) => redirector.listen(0, '127.0.0.1', done));
  redirectorUrl = `http://127.0.0.1:${(redirector.address() as AddressInfo).port}`;
});
afterAll(async () => {
  redirector?.close();
  await Promise.all([server?.stop(), lenient?.stop(), canary?.stop(), beyond?.stop()]);
});

const post = (browser: Browser, path: string, body?: unknown, method = 'POST') =>
  browser.call(path, { method, ...(body === undefined ? {} : { body }) });

test('the list names every field that says where to call', () => {
  const found: string[] = [];
  for (const route of withBody) {
    walk(schemaOf(route, 'body'), 'body', ({ format, type }, place) => {
      // A number says nowhere to call: the weight of addresses in correlation.
      if (type === 'number' || type === 'integer') return;
      const name = place.split('.').at(-1) ?? '';
      if (format === 'uri' || /url|uri$|host|issuer|endpoint|server|address$/i.test(name)) {
        found.push(`${nameOf(route)} ${place}`);
      }
    });
  }
  // Whom mail is from: nobody is called there.
  expect(found.filter((each) => !each.endsWith('body.fromAddress')).sort()).toEqual([...places].sort());
});

/** Sets an address in a place and has the server use it. Returns all that it answered. */
type Use = (browser: Browser, url: string) => Promise<Answer[]>;
const webhook =
  (format: string): Use =>
  async (browser, url) => {
    const made = await post(browser, '/api/notifications/webhooks', { name: 'w', format, url });
    if (made.status !== 201) return [made];
    const used = await post(browser, `/api/notifications/webhooks/${made.json.id}/test`);
    await post(browser, `/api/notifications/webhooks/${made.json.id}`, undefined, 'DELETE');
    return [made, used];
  };
const mailServer = { port: 25, security: 'starttls', fromAddress: 'soc@example.com' };
const uses: Record<string, Use> = {
  'a webhook': webhook('throughline'),
  'a Slack webhook': webhook('slack'),
  'a Teams webhook': webhook('teams'),
  'a webhook that is changed': async (browser, url) => {
    const fine = { name: 'w', format: 'throughline', url: 'https://example.com/hook' };
    const { json } = await post(browser, '/api/notifications/webhooks', fine);
    const changed = await post(browser, `/api/notifications/webhooks/${json.id}`, { ...fine, url }, 'PATCH');
    const used = changed.status === 200 ? [await post(browser, `/api/notifications/webhooks/${json.id}/test`)] : [];
    await post(browser, `/api/notifications/webhooks/${json.id}`, undefined, 'DELETE');
    return [changed, ...used];
  },
  'a mail server': async (browser, url) => {
    const { host, port } = /^https?:\/\/(?<host>[^/]+?)(?::(?<port>\d+))?\/?$/.exec(url)?.groups ?? {};
    const set = { ...mailServer, host: host?.replace(/^\[(.*)\]$/, '$1'), port: Number(port ?? 25) };
    const saved = await post(browser, '/api/notifications/mail-server', set);
    return [saved, await post(browser, '/api/notifications/test-mail', { to: ['ada@example.com'] })];
  },
  'a provider that is checked': async (browser, issuer) => [
    await post(browser, '/api/sign-in/providers/check', { issuer }),
  ],
  'a provider that is signed in through': async (browser, issuer) => {
    const name = `p${Math.random()}`.slice(0, 30);
    const made = await post(browser, '/api/sign-in/providers', { name, issuer, clientId: 'x', clientSecret: 'y' });
    if (made.status !== 201) return [made];
    const gone = await browser.call(`/api/sign-in/sso/${made.json.id}`);
    await post(browser, `/api/sign-in/providers/${made.json.id}`, undefined, 'DELETE');
    return [made, gone];
  },
};

describe.each(Object.entries(uses))('%s', (_, use) => {
  test('reaches nothing that is not public, however it is written', async () => {
    for (const host of hiddenHosts()) {
      for (const answer of await use(admin, `http://${host}:${canary.port}`)) {
        expect([host, answer.status < 500]).toEqual([host, true]);
        expect(answer.text).not.toContain('"accepted":true');
        expect(answer.text).not.toContain('"ok":true');
      }
    }
    expect(canary.reached()).toBe(0);
  });

  test('does not follow a redirect to it', async () => {
    for (const path of ['/', '/keep']) await use(lenientAdmin, redirectorUrl + path);
    expect(beyond.reached()).toBe(0);
  });
});

test('a provider whose endpoints are elsewhere is not asked there', async () => {
  const issuer = `${redirectorUrl}/points`;
  const made = await post(lenientAdmin, '/api/sign-in/providers', { name: 'Far', issuer, clientId: 'x' });
  expect(made.status).toBe(201);
  const begun = await lenient.call(`/api/sign-in/sso/${made.json.id}`);
  const cookie = begun.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  const state = new URL(begun.headers.get('location') ?? '', redirectorUrl).searchParams.get('state');
  expect(state).toBeTruthy();
  const back = await lenient.call(`/api/sign-in/sso/callback?code=x&state=${state}`, { headers: { cookie } });
  expect(back.status).toBe(302);
  expect(back.headers.get('location')).toMatch(/^\/sign-in\?sso=/);
  expect(beyond.reached()).toBe(0);
});

describe('where access tokens for mail come from', () => {
  const ask = (tokenUrl: string, allow: AllowList) => {
    const oauth = { tokenUrl, clientId: 'id', grant: 'clientCredentials', scope: '' } as const;
    const access = { oauth, clientSecret: 'client secret', refreshToken: null, keepRefreshToken: async () => {} };
    return mailTokens(access, { allow, clock: () => new Date() })(true);
  };

  test('is nothing that is not public, nor where a redirect leads', async () => {
    for (const host of hiddenHosts()) {
      await expect(ask(`http://${host}:${canary.port}/token`, allowNothing)).rejects.toMatchObject({ failure: 'way' });
    }
    for (const path of ['/', '/keep']) {
      await expect(ask(redirectorUrl + path, readAllowList('127.0.0.1').allow)).rejects.toMatchObject({
        failure: 'way',
      });
    }
    expect([canary.reached(), beyond.reached()]).toEqual([0, 0]);
  });
});

describe('receivers of the audit log', () => {
  test.each(hiddenHosts())('%s gets nothing', async (host) => {
    const webhookTo = webhookSender(
      { url: `http://${host}:${canary.port}/`, secret: undefined },
      { allow: allowNothing },
      () => new Date(),
    );
    await expect(webhookTo('default', [])).rejects.toThrow();
    const plain = host.replace(/^\[(.*)\]$/, '$1');
    for (const protocol of ['tcp', 'udp'] as const) {
      await expect(
        syslogSender({ protocol, host: plain, port: canary.port }, allowNothing)('default', []),
      ).rejects.toThrow();
    }
    await expect(connectChecked({ host: plain, port: canary.port }, allowNothing, 1000)).rejects.toThrow();
    expect(canary.reached()).toBe(0);
  });

  test('a name that turns private between two looks is refused at the second, and connected to as it was checked', async () => {
    let looks = 0;
    const resolve = async () => [++looks === 1 ? '192.0.2.1' : '127.0.0.1'];
    const once = { host: 'turns.example', port: canary.port };
    await connectChecked(once, readAllowList('192.0.2.0/24').allow, 200, resolve).catch(() => {});
    expect(looks).toBe(1);
    await expect(connectChecked(once, allowNothing, 200, resolve)).rejects.toMatchObject({ reason: 'refusedAddress' });
    const url = `http://turns.example:${canary.port}/`;
    await expect(outboundFetch({ url }, { allow: allowNothing, resolve })).rejects.toMatchObject({
      reason: 'refusedAddress',
    });
    expect(canary.reached()).toBe(0);
  });
});
