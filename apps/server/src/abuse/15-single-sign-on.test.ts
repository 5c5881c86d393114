import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { localReturnPath } from '../sso/return-path.ts';
import { type SsoBench, startSsoBench } from '../sso/sso.fixture.ts';

/**
 * Abuse 15. The attack: an account is taken over by a provider's person with the same name or mail address, or a sign-in
 * is used to send people to another site. States, nonces, keys and issuers are attacked in sso/sign-in.test.ts.
 */

let bench: SsoBench;
beforeAll(async () => {
  bench = await startSsoBench();
  await bench.set({ admission: 'everyone' });
  await bench.provider.tell({
    people: {
      attacker: {
        preferred_username: 'root',
        name: 'Root',
        email: 'root@example.com',
        email_verified: true,
        groups: [],
      },
      twin: { preferred_username: 'ROOT', name: 'Root', email: 'root@example.com', groups: [] },
    },
  });
}, 60_000);
afterAll(() => bench?.stop());

test('a person of a provider is never an account of ours because they are called like it', async () => {
  const ids = new Set<number>([bench.admin.me.id]);
  for (const login of ['attacker', 'twin']) {
    const { me } = await bench.enter(login);
    expect(ids.has(me.id)).toBe(false);
    expect(me.role).toBe('reader');
    ids.add(me.id);
  }
  expect((await bench.admin.call('/api/me')).json.role).toBe('administrator');
});

test('wherever a sign-in is asked to lead, it leads to a page of ours', async () => {
  const elsewhere = [
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    '/%09/evil.example',
    '/\t/evil.example',
    'javascript:alert(1)',
    '/api/session',
    '/..//evil.example',
  ];
  for (const path of elsewhere) {
    const { address, cookie } = await bench.begin(
      `/api/sign-in/sso/${bench.providerId}?return=${encodeURIComponent(path)}`,
    );
    const back = await bench.end(await bench.provider.walk(address, 'attacker'), cookie);
    const target = new URL(back.headers.get('location') ?? '', bench.server.url);
    expect([path, target.origin]).toEqual([path, bench.server.url]);
    expect(target.pathname).not.toMatch(/^\/(?:api|\/)/);
  }
});

test('no text at all leads elsewhere', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('', '/', '//', '/\\', 'https://', '/incidents?x='),
      (text, start) => {
        const url = new URL(localReturnPath(start + text), 'https://soc.example.com');
        expect(url.origin).toBe('https://soc.example.com');
        expect(url.pathname).not.toMatch(/^\/(?:api(?:\/|$)|\/)/);
      },
    ),
    { numRuns: 2000 },
  );
});
