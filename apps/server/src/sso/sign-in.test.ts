import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type SsoBench, sessionOf, startSsoBench } from './sso.fixture.ts';

let offset = 0;
let bench: SsoBench;

beforeAll(async () => {
  bench = await startSsoBench(() => new Date(Date.now() + offset));
  const people = {
    ada: { preferred_username: 'ada', name: 'Ada', email: 'root@acme.example', groups: ['soc'] },
    bob: { preferred_username: 'bob', name: 'Bob', groups: [] },
    root2: { preferred_username: 'root', name: 'Another Root', email: 'root', email_verified: true, groups: ['soc'] },
    many: { preferred_username: 'many', _claim_names: { groups: 'src1' } },
  };
  await bench.provider.tell({ people });
  await bench.map({ value: 'soc', gives: { kind: 'role', role: 'operator' } });
}, 60_000);
afterAll(() => bench?.stop());

const placeOf = (answer: { headers: Headers }) => answer.headers.get('location');

describe('signing in', () => {
  test('goes through the provider’s forms and ends in a session', async () => {
    const { address, cookie } = await bench.begin(
      `/api/sign-in/sso/${bench.providerId}?return=${encodeURIComponent('/incidents?status=active')}`,
    );
    const asked = new URL(address).searchParams;
    expect(asked.get('code_challenge_method')).toBe('S256');
    expect([asked.get('state'), asked.get('nonce'), asked.get('scope')].every((text) => (text ?? '').length > 10)).toBe(
      true,
    );
    const answer = await bench.end(await bench.provider.walk(address, 'ada'), cookie);
    expect([answer.status, placeOf(answer)]).toEqual([302, '/incidents?status=active']);
    const ada = await sessionOf(bench.server, answer);
    expect(ada.me).toMatchObject({ userName: 'ada', displayName: 'Ada', role: 'operator', hasPassword: false });
    expect((await ada.call('/api/incidents')).status).toBe(200);
  });

  test('the cookie of a flow is out of reach of scripts and other sites', async () => {
    const answer = await bench.server.call(`/api/sign-in/sso/${bench.providerId}`);
    expect(answer.headers.getSetCookie().join()).toMatch(/HttpOnly.*SameSite=Lax/);
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  test('the same person is the same account', async () => {
    const [one, other] = [await bench.enter('ada'), await bench.enter('ada')];
    expect(other.me.id).toBe(one.me.id);
  });

  test('claims may be in the user info only', async () => {
    await bench.provider.tell({ userInfoOnly: true });
    expect((await bench.enter('ada')).me.role).toBe('operator');
    await bench.provider.tell({ userInfoOnly: false });
  });

  test('an equal name or mail address takes no account over', async () => {
    const other = await bench.enter('root2');
    expect(other.me.userName).toBe('root-2');
    expect(other.me.id).not.toBe(bench.admin.me.id);
  });

  test('who has no mapped group is refused, and no account is made', async () => {
    expect(placeOf(await bench.signIn('bob'))).toBe('/sign-in?sso=notMapped&return=%2Fincidents');
    const { items } = (await bench.admin.call('/api/accounts')).json;
    expect(items.some(({ userName }: { userName: string }) => userName === 'bob')).toBe(false);
  });

  test('everyone comes in as reader where that is chosen', async () => {
    await bench.set({ admission: 'everyone' });
    expect((await bench.enter('bob')).me.role).toBe('reader');
    await bench.set({ admission: 'mapped' });
  });

  test('groups that were left out are not taken as none', async () => {
    await bench.set({ admission: 'everyone' });
    expect(placeOf(await bench.signIn('many'))).toContain('sso=groupsMissing');
    await bench.set({ admission: 'mapped' });
  });

  test('a disabled account stays out', async () => {
    const { me } = await bench.enter('root2');
    await bench.admin.call(`/api/accounts/${me.id}`, { method: 'PATCH', body: { disabled: true } });
    expect(placeOf(await bench.signIn('root2'))).toContain('sso=accountDisabled');
  });

  test('a provider that is turned off, or is none, leads back to the page', async () => {
    await bench.set({ enabled: false });
    for (const id of [bench.providerId, 2_147_483_647]) {
      const { address } = await bench.begin(`/api/sign-in/sso/${id}`);
      expect(address).toBe('/sign-in?sso=providerOff&return=%2Fincidents');
    }
    expect((await bench.server.call('/api/sign-in/ways')).json).toEqual({ local: true, providers: [] });
    await bench.set({ enabled: true });
    const { providers } = (await bench.server.call('/api/sign-in/ways')).json;
    expect(providers).toEqual([{ id: bench.providerId, name: 'Acme' }]);
  });
});

describe('an answer that is not of this sign-in', () => {
  test('is refused with another state, without cookie, with another browser’s cookie, and a second time', async () => {
    const { address, cookie } = await bench.begin();
    const back = await bench.provider.walk(address, 'ada');
    const other = await bench.begin();
    expect(placeOf(await bench.end(back, other.cookie))).toContain('sso=');
    expect(placeOf(await bench.end(back, ''))).toContain('sso=expired');
    const wrong = new URL(back);
    wrong.searchParams.set('state', 'A'.repeat(43));
    const refused = await bench.end(wrong.href, cookie);
    expect(placeOf(refused)).toMatch(/sso=(answerNotValid|providerWrong)/);
    expect(refused.headers.getSetCookie().join()).not.toMatch(/throughline=./);
    expect(placeOf(await bench.end(back, cookie))).toContain('sso=expired');
  });

  test('is refused when the sign-in went through before', async () => {
    const { address, cookie } = await bench.begin();
    const back = await bench.provider.walk(address, 'ada');
    const [one, two] = await Promise.all([bench.end(back, cookie), bench.end(back, cookie)]);
    expect([placeOf(one), placeOf(two)].filter((place) => place === '/incidents')).toHaveLength(1);
  });

  test('is refused after ten minutes', async () => {
    const { address, cookie } = await bench.begin();
    const back = await bench.provider.walk(address, 'ada');
    offset = 10 * 60_000;
    expect(placeOf(await bench.end(back, cookie))).toContain('sso=expired');
    offset = 0;
  });

  test('is refused with the nonce of another', async () => {
    await bench.provider.tell({ mode: 'otherNonce' });
    expect(placeOf(await bench.signIn('ada'))).toContain('sso=answerNotValid');
    await bench.provider.tell({ mode: 'honest' });
  });

  test('is refused when signed with a key that is not the provider’s', async () => {
    await bench.provider.tell({ mode: 'otherKey' });
    expect(placeOf(await bench.signIn('ada'))).toContain('sso=answerNotValid');
    await bench.provider.tell({ mode: 'honest' });
  });

  test('is refused when it names another issuer', async () => {
    const { address, cookie } = await bench.begin();
    const back = new URL(await bench.provider.walk(address, 'ada'));
    back.searchParams.set('iss', 'https://evil.example');
    expect(placeOf(await bench.end(back.href, cookie))).toContain('sso=answerNotValid');
  });

  test('with the provider’s own refusal says so', async () => {
    const { address, cookie } = await bench.begin();
    const state = new URL(address).searchParams.get('state');
    const issuer = encodeURIComponent(bench.provider.issuer);
    const back = `${bench.server.url}/api/sign-in/sso/callback?error=access_denied&state=${state}&iss=${issuer}`;
    expect(placeOf(await bench.end(back, cookie))).toContain('sso=providerRefused');
  });
});

describe('the provider', () => {
  const forget = () => {
    offset += 11 * 60_000;
  };

  test('may rotate its keys at any moment', async () => {
    await bench.enter('ada');
    await bench.provider.tell({ rotate: true });
    expect((await bench.enter('ada')).me.userName).toBe('ada');
    offset = 0;
  });

  test('that fails, or calls itself otherwise, is told apart', async () => {
    const check = async () =>
      (
        await bench.admin.call('/api/sign-in/providers/check', {
          method: 'POST',
          body: { issuer: bench.provider.issuer },
        })
      ).json;
    expect(await check()).toMatchObject({ ok: true, found: { issuer: bench.provider.issuer, pkce: true } });
    for (const [mode, failure] of [
      ['broken', 'providerWrong'],
      ['otherIssuer', 'providerWrong'],
    ] as const) {
      forget();
      await bench.provider.tell({ mode });
      expect((await bench.begin()).address).toContain(`sso=${failure}`);
      expect(await check()).toMatchObject({ ok: false, found: null });
    }
    await bench.provider.tell({ mode: 'honest' });
    offset = 0;
  });

  test('that does not answer is given up after five seconds', async () => {
    forget();
    await bench.provider.tell({ mode: 'silent' });
    const from = performance.now();
    expect((await bench.begin()).address).toContain('sso=providerAway');
    expect(performance.now() - from).toBeLessThan(9_000);
    await bench.provider.tell({ mode: 'honest' });
    offset = 0;
  }, 15_000);

  test('that nobody allowed is not asked: address by address', async () => {
    for (const issuer of ['https://169.254.169.254/latest', 'https://[fd00::1]/', 'https://10.0.0.1']) {
      const answer = await bench.admin.call('/api/sign-in/providers/check', { method: 'POST', body: { issuer } });
      expect(answer.json).toMatchObject({ ok: false, found: null });
    }
    for (const issuer of [
      'http://idp.example',
      'file:///etc/passwd',
      'https://a:b@idp.example',
      'https://idp.example/?x',
    ]) {
      for (const path of ['/api/sign-in/providers/check', '/api/sign-in/providers']) {
        const body = path.endsWith('check') ? { issuer } : { name: 'x', issuer, clientId: 'x' };
        expect((await bench.admin.call(path, { method: 'POST', body })).json.error.target).toBe('issuer');
      }
    }
  });
});

test('abuse 15: the way back is a page of this portal, whatever was asked', async () => {
  for (const asked of [
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '/\t/evil.example',
    '/..//evil.example',
    'javascript:alert(1)',
    '/api/session',
    '/sign-in?return=//x',
    '/%5Cevil',
    ' //evil.example',
    '',
    '/./sign-in',
  ]) {
    const { address, cookie } = await bench.begin(
      `/api/sign-in/sso/${bench.providerId}?return=${encodeURIComponent(asked)}`,
    );
    const place = placeOf(await bench.end(await bench.provider.walk(address, 'ada'), cookie)) ?? '';
    expect([asked, place === '/incidents' || place === '/%5Cevil']).toEqual([asked, true]);
  }
}, 30_000);

test('the client secret is in no answer, entry or line of the log', async () => {
  const list = await bench.admin.call('/api/sign-in/providers');
  expect(list.json.items[0]).toMatchObject({ hasSecret: true });
  const texts = [list.text, (await bench.admin.call('/api/audit?limit=200')).text, bench.server.logged()];
  for (const text of texts) expect(text).not.toContain(bench.provider.clientSecret);
  expect(bench.server.logged()).not.toMatch(/code=|state=/);
});

test('a secret does not follow to another host', async () => {
  const change = await bench.set({ issuer: 'https://idp.example' });
  expect(change.json).toMatchObject({ hasSecret: false, proven: false });
  await bench.set({ issuer: bench.provider.issuer, clientSecret: bench.provider.clientSecret });
  expect((await bench.enter('ada')).me.userName).toBe('ada');
});
