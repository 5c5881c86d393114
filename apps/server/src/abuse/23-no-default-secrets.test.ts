import { globSync, readFileSync } from 'node:fs';
import { keysInText, SecretError } from '@throughline/store';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { projectRoot } from '../project.ts';
import { readSettings, SettingsError } from '../settings.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';
import { routes } from './every-route.fixture.ts';

/**
 * Abuse 23. The attack: an installation that runs with a password, key or secret that everybody knows, or with none.
 */

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server?.stop());

test('a new installation has no account that a password opens', async () => {
  const rows = await server.db.selectFrom('account').select(['user_name', 'password_hash']).execute();
  expect(rows.length).toBeGreaterThan(0);
  expect(rows.every(({ password_hash }) => password_hash === null)).toBe(true);
  for (const userName of ['admin', 'root', 'administrator', 'throughline']) {
    for (const password of ['admin', 'password', 'changeme', 'throughline', userName, ' ']) {
      const headers = { 'x-forwarded-for': '192.0.2.9' };
      const { status } = await server.call('/api/session', { method: 'POST', body: { userName, password }, headers });
      expect([401, 429]).toContain(status);
    }
  }
});

test.each(['', 'changeme', 'secret', '0'.repeat(64), 'k1:AAAA', 'password'.repeat(8)])(
  'the key %j seals nothing',
  async (text) => {
    await expect(keysInText(text, 'THROUGHLINE_SECRETS_KEY').read()).rejects.toBeInstanceOf(SecretError);
  },
);

test('a short secret for the audit webhook is refused', () => {
  const env = { THROUGHLINE_AUDIT_WEBHOOK: 'https://siem.example.com', THROUGHLINE_AUDIT_WEBHOOK_SECRET: 'secret' };
  expect(() => readSettings(env)).toThrow(SettingsError);
});

test('by default it listens on this machine alone', () => expect(readSettings({}).host).toBe('127.0.0.1'));

test('no setting turns sign-in off, on any address', async () => {
  const source = readFileSync(`${projectRoot}/apps/server/src/settings.ts`, 'utf8');
  expect(
    source.match(/THROUGHLINE_\w+/g)?.filter((name) => /NO_?AUTH|ANONYMOUS|DISABLE_AUTH|INSECURE|DEV_MODE/.test(name)),
  ).toEqual([]);
  const open = await startTestServer({ host: '0.0.0.0' });
  try {
    const port = new URL(open.url).port;
    for (const route of routes.filter(({ access, media }) => access !== 'public' && media !== 'text/event-stream')) {
      const answer = await fetch(`http://127.0.0.1:${port}${route.path.replaceAll(/\{\w+\}/g, '1')}`, {
        method: route.method.toUpperCase(),
      });
      await answer.body?.cancel();
      expect([route.path, answer.status]).toEqual([route.path, 401]);
    }
  } finally {
    await open.stop();
  }
});

test('what we ship holds no sample secret that would run', () => {
  const shipped = globSync('{.,docs,apps/*,packages/*,content,scripts}/*.{yml,yaml,env,example,json,md}', {
    cwd: projectRoot,
  });
  expect(shipped.length).toBeGreaterThan(5);
  const given = /(?:PASSWORD|SECRET(?:S_KEY)?|TOKEN)=(?!\$|…|<|\.\.\.)["']?[A-Za-z0-9+/_-]{12,}/;
  expect(shipped.filter((file) => given.test(readFileSync(`${projectRoot}/${file}`, 'utf8')))).toEqual([]);
});
