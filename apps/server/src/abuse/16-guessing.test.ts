import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { firstStep, secondStep, withAuthenticator, withPassword } from '../second-factor/second-factor.fixture.ts';
import { type Answer, type Browser, startTestServer, type TestServer } from '../testing/test-server.ts';
import { nameOf, routes, schemaOf } from './every-route.fixture.ts';

/**
 * Abuse 16. The attack: a secret is guessed by many requests at once, faster than a counter that looks first and counts
 * afterwards; or a flood of wrong ones keeps the people with right ones waiting.
 */

/** Every public route that takes something secret. A new one fails until it is guessed at here. */
const guessed = [
  'post /api/session',
  'post /api/session/link',
  'post /api/session/second-factor',
  'post /api/session/passkey',
  'post /api/invitations/open',
  'post /api/invitations/accept',
  'post /api/acknowledge',
];

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ trustProxy: true });
});
afterAll(() => server?.stop());

/** An address of its own for each burst, so that none waits for another. */
const from = (n: number) => ({ 'x-forwarded-for': `198.51.100.${n}` });
const burst = (count: number, ask: (n: number) => Promise<Answer>) =>
  Promise.all(Array.from({ length: count }, (_, n) => ask(n)));
const counted = (answers: readonly Answer[]) => {
  const counts: Record<number, number> = {};
  for (const { status } of answers) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
};

test('the list names every public route with a body', () => {
  const open = routes.filter(({ access, body }) => access === 'public' && body !== undefined);
  expect(open.map(nameOf).sort()).toEqual([...guessed].sort());
  for (const route of open) expect(Object.keys(schemaOf(route, 'body')).length).toBeGreaterThan(0);
});

describe('a burst of guesses at once gets no more tries than one after another', () => {
  test('at a password, from one address and from many', async () => {
    await withPassword(await server.signedIn('operator', 'target'));
    const guess = (n: number) => ({ method: 'POST', body: { userName: 'target', password: `wrong ${n}` } });
    const one = await burst(40, (n) => server.call('/api/session', { ...guess(n), headers: from(1) }));
    expect(counted(one)[401]).toBeLessThanOrEqual(5);
    expect(counted(one)[429]).toBeGreaterThanOrEqual(35);
    await withPassword(await server.signedIn('operator', 'second-target'));
    const many = await burst(40, (n) =>
      server.call('/api/session', {
        method: 'POST',
        body: { userName: 'second-target', password: `wrong ${n}` },
        headers: from(100 + n),
      }),
    );
    expect(counted(many)[401]).toBeLessThanOrEqual(5);
  });

  test('at the code of an app and at recovery codes, whatever the pending sign-in', async () => {
    const person = await server.signedIn('operator', 'factors');
    await withPassword(person);
    await withAuthenticator(person, new Date());
    const pending = await Promise.all([1, 2, 3].map(() => firstStep(server, 'factors')));
    const codes = await burst(45, (n) =>
      secondStep(server, pending[n % 3]?.cookie ?? '', { code: String(100_000 + n) }),
    );
    expect(counted(codes)[401]).toBeLessThanOrEqual(5);
    const recovery = await burst(20, (n) =>
      secondStep(server, pending[n % 3]?.cookie ?? '', { recoveryCode: `aaaa-bbbb-${1000 + n}` }),
    );
    expect(counted(recovery)[401] ?? 0).toBe(0);
  });

  test('at invitations: by the address', async () => {
    const answers = await burst(60, (n) =>
      server.call('/api/invitations/open', {
        method: 'POST',
        body: { token: `guess-${n}`.padEnd(43, 'x') },
        headers: from(4),
      }),
    );
    expect(counted(answers)[404]).toBeLessThanOrEqual(30);
    expect(counted(answers)[429]).toBeGreaterThanOrEqual(30);
  });
});

test('what is not throttled is too large to guess: 256 random bits, each used once', async () => {
  const admin = await server.signedIn('administrator', 'links');
  const { json } = await admin.call('/api/accounts', {
    method: 'POST',
    body: { userName: 'linked', displayName: 'L', role: 'reader' },
  });
  const links = await Promise.all([1, 2].map(() => admin.call(`/api/accounts/${json.id}/link`, { method: 'POST' })));
  const [token, other] = links.map((answer) => String(answer.json.url).split('token=')[1] ?? '');
  expect(Buffer.from(token ?? '', 'base64url')).toHaveLength(32);
  expect(token).not.toBe(other);
  const redeem = (text: string) => server.call('/api/session/link', { method: 'POST', body: { token: text } });
  const near = await burst(20, (n) => redeem(`${token?.slice(0, 42)}${'ABCDEFGHIJKLMNOPQRSTUVWXYZ'[n]}`));
  const right = near.filter(({ status }) => status === 200).length;
  expect(right).toBeLessThanOrEqual(1);
  const used = await burst(20, () => redeem(other ?? ''));
  expect(counted(used)[200]).toBe(1);
  const acknowledged = await burst(20, (n) =>
    server.call('/api/acknowledge', { method: 'POST', body: { token: `guess-${n}`.padEnd(43, 'x') } }),
  );
  for (const { status } of acknowledged) expect([400, 404, 409, 429]).toContain(status);
});

test('a flood of invalid tokens leaves the people with right ones as fast as before', async () => {
  const person: Browser = await server.signedIn('operator', 'patient');
  const time = async () => {
    const start = performance.now();
    expect((await person.call('/api/me')).status).toBe(200);
    return performance.now() - start;
  };
  const median = (all: number[]) => [...all].sort((a, b) => a - b)[all.length >> 1] ?? 0;
  const times = async (flood: boolean) => {
    const all: number[] = [];
    for (let round = 0; round < 15; round++) {
      const wrong = burst(20, (n) =>
        server.call('/api/me', flood ? { token: `tl_${'x'.repeat(43)}${round}-${n}` } : { headers: { cookie: 'a=b' } }),
      );
      all.push(await time());
      for (const { status } of await wrong) expect(status).toBe(401);
    }
    return median(all);
  };
  await times(false);
  // The same number of requests that carry no token at all is what there is to compare with: both runs share the machine.
  const [without, flooded] = [await times(false), await times(true)];
  expect(flooded).toBeLessThan(10 * Math.max(without, 5));
});
