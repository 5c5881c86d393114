import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { migrate } from '@throughline/store';
import { freshDatabase, type TestDatabase } from '@throughline/store/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestServer } from '../testing/test-server.ts';

const main = fileURLToPath(new URL('../main.ts', import.meta.url));
let database: TestDatabase;
let folder: string;

beforeAll(async () => {
  [database, folder] = await Promise.all([freshDatabase(), mkdtemp(join(tmpdir(), 'throughline-cli-'))]);
  await migrate(database.databaseUrl);
});
afterAll(() => Promise.all([database?.drop(), rm(folder, { recursive: true, force: true })]));

/** Runs the command on the test's database, as a process of its own. */
function run(args: string[], input = ''): Promise<{ code: number; out: string; err: string }> {
  const env = {
    PATH: process.env.PATH,
    DATABASE_URL: database.databaseUrl,
    CLICKHOUSE_URL: database.clickhouse.url,
    THROUGHLINE_DATA_DIR: join(folder, 'data'),
  };
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [main, ...args], { env, cwd: folder }, (error, out, err) => {
      resolve({ code: error === null ? 0 : Number(error.code), out, err });
    });
    child.stdin?.end(input);
  });
}

const alert = (id: string, minute: number, more = {}) =>
  JSON.stringify({
    id,
    providerAlertId: `provider-${id}`,
    title: `Alert ${id}`,
    severity: 'medium',
    serviceSource: 'microsoftDefenderForEndpoint',
    detectorId: `rule-${minute}`,
    createdDateTime: `2026-02-03T10:${String(minute).padStart(2, '0')}:00Z`,
    evidence: [
      {
        '@odata.type': '#microsoft.graph.security.deviceEvidence',
        deviceDnsName: 'ws-1.corp.example',
        createdDateTime: '2026-02-03T10:00:00Z',
      },
    ],
    ...more,
  });

describe('help and wrong use', () => {
  test('names every verb, and explains each', async () => {
    const { code, out } = await run(['--help']);
    expect(code).toBe(0);
    for (const verb of ['start', 'serve', 'ingest', 'correlate', 'ledger', 'token', 'user', 'doctor']) {
      expect(out).toContain(`\n  ${verb} `);
    }
    expect((await run(['token', '--help'])).out).toContain('--scope');
  });

  test.each([
    [['nonsense'], /no verb "nonsense"/],
    [['ingest'], /at least one file/],
    [['ingest', 'no-such-file'], /There is no file no-such-file/],
    [['ingest', '-', '--source', 'nonsense'], /no source "nonsense"/],
    [['token', 'create', '--scope', 'root', '--name', 'x'], /not "root"/],
    [['token', 'create', '--scope', 'read'], /--name/],
    [['serve', '--port', 'http'], /--port/],
    [['ledger', '--bogus'], /--bogus/],
  ])('%o', async (args, words) => {
    const { code, err } = await run(args);
    expect(code).toBe(2);
    expect(err).toMatch(words);
    expect(err).not.toMatch(/\n {4}at /);
  });
});

describe('ingest', () => {
  test('directories, gzip, standard input; totals a file and for all; correlated when it ends', async () => {
    const logs = join(folder, 'logs');
    await mkdir(join(logs, 'deep'), { recursive: true });
    await writeFile(join(logs, 'a.json'), `[${alert('a1', 1)},${alert('a2', 2)}]`);
    await writeFile(join(logs, 'deep', 'b.ndjson.gz'), gzipSync(`${alert('b1', 3)}\n{"title":\n`));
    const { code, out } = await run(['ingest', logs, '-'], `${alert('c1', 4)}\n`);
    expect(code).toBe(0);
    expect(out).toContain(`${join(logs, 'a.json')}: 2 received, 2 accepted, 0 rejected`);
    expect(out).toContain('b.ndjson.gz: 2 received, 1 accepted, 1 rejected (malformedJson 1)');
    expect(out).toContain('All 3 files: 5 received, 4 accepted, 1 rejected');
    const ledger = JSON.parse((await run(['ledger', '--json'])).out);
    expect(ledger.balanced).toBe(true);
    expect(ledger.sources.find(({ source }: { source: string }) => source === 'graph')).toMatchObject({
      stored: 4,
      pending: 0,
    });
    expect((await run(['ledger'])).out).toMatch(/graph +\d+ +4 +0/);
  });

  test('a dry run reads and stores nothing', async () => {
    const before = (await run(['ledger', '--json'])).out;
    expect((await run(['ingest', '-', '--dry-run'], alert('dry', 5))).out).toContain('1 received, 1 accepted');
    expect((await run(['ledger', '--json'])).out).toBe(before);
  });

  test('over HTTP with a token; a refusal says why', async () => {
    const server = await startTestServer();
    const token = await server.token('operator', ['intake', 'read']);
    const send = (word: string) => run(['ingest', '-', '--url', server.url, '--token', word], alert('http', 6));
    const [good, bad] = [await send(token), await send('tl_wrong')];
    await server.stop();
    expect([good.code, good.out]).toEqual([0, '-: 1 received, 1 accepted, 0 rejected\n']);
    expect([bad.code, bad.err]).toEqual([1, expect.stringContaining('unknown, expired or revoked')]);
  });
});

describe('correlate', () => {
  test('one line an alert, once, in the order of the input, after merges', async () => {
    const file = join(folder, 'alerts.ndjson');
    const out = join(folder, 'out.ndjson');
    const ids = ['x3', 'x1', 'x2', 'x1'];
    await writeFile(file, ids.map((id, i) => alert(id, 30 - i)).join('\n'));
    expect((await run(['correlate', file, '--out', out])).code).toBe(0);
    const lines = (await readFile(out, 'utf8'))
      .trim()
      .split('\n')
      .map((text) => JSON.parse(text));
    expect(lines.map(({ alertId }) => alertId)).toEqual(['x3', 'x1', 'x2']);
    for (const { incidentId, reasons } of lines) {
      expect(incidentId).toMatch(/^\d+$/);
      expect(reasons[0].length).toBeGreaterThan(10);
    }
    expect((await run(['correlate', file])).out).toBe(await readFile(out, 'utf8'));
  });

  test('explains one alert by any of its ids', async () => {
    const input = `${alert('e1', 1)}\n${alert('e2', 2)}\n`;
    const byId = await run(['correlate', '-', '--explain', 'e2'], input);
    const byProvider = await run(['correlate', '-', '--explain', 'provider-e2'], input);
    expect(byId.out).toMatch(/^Alert e2: .*\n.*\n +novelty .* needed /);
    expect(byProvider.out).toBe(byId.out);
    expect((await run(['correlate', '-', '--explain', 'none'], input)).code).toBe(2);
  });
});

describe('correlate --settings', () => {
  const input = `${alert('s1', 1)}\n${alert('s2', 2)}\n`;
  const decided = async (choices: unknown) => {
    const file = join(folder, 'settings.json');
    await writeFile(file, typeof choices === 'string' ? choices : JSON.stringify(choices));
    return run(['correlate', '-', '--settings', file], input);
  };

  test('decides by the file', async () => {
    const shipped = await run(['correlate', '-'], input);
    expect((await decided({})).out).toBe(shipped.out);
    const incidents = (out: string) =>
      new Set(
        out
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line).incidentId),
      ).size;
    expect(incidents(shipped.out)).toBe(1);
    const titles = { subject: 'title', effect: 'standAlone', value: 'Alert s2', name: 's2', kind: null };
    const exceptions = [{ id: null, ...titles, reason: 'a test', expiresDateTime: null }];
    expect(incidents((await decided({ exceptions })).out)).toBe(2);
  });

  test.each([
    ['{', 'cannot be read as JSON'],
    [{ numbers: { joinAt: 99 } }, 'Score to join is between 2 and 15 nats.'],
    [{ colour: 'red' }, 'colour'],
  ])('%j is refused by name', async (choices, words) => {
    const { code, err } = await decided(choices);
    expect([code, err]).toEqual([2, expect.stringContaining(words)]);
    expect(err).toContain('settings.json');
  });
});

describe('accounts and tokens', () => {
  test('the token is the last word printed', async () => {
    const { code, out } = await run(['token', 'create', '--scope', 'intake,read', '--name', 'sensor', '--days', '7']);
    expect(code).toBe(0);
    expect(out.trim().split(/\s+/).at(-1)).toMatch(/^tl_[\w-]{43}$/);
  });

  test('an account is added with a link, listed, and gets another link', async () => {
    const added = await run(['user', 'add', 'mira', '--role', 'reader', '--display-name', 'Mira K.']);
    expect(added.out).toMatch(
      /Account mira added as reader\.\n.*\nhttp:\/\/127\.0\.0\.1:8844\/sign-in#token=[\w-]{43}\n$/,
    );
    expect((await run(['user', 'list'])).out).toMatch(/mira +Mira K\. +reader/);
    expect((await run(['user', 'link', 'MIRA'])).out).toContain('#token=');
    expect((await run(['user', 'add', 'Mira'])).err).toMatch(/already an account/);
    expect((await run(['token', 'create', '--scope', 'intake', '--name', 'x', '--user', 'mira'])).err).toMatch(
      /reader cannot/,
    );
  });

  test('the doctor finds nothing wrong', async () => {
    const { code, out } = await run(['doctor']);
    expect([code, out]).toEqual([0, expect.stringContaining('✓ The ledger balances')]);
    expect(out).not.toContain('✗');
  });
});
