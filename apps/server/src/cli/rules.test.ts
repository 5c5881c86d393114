import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freshDatabase, type TestDatabase } from '@throughline/store/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';

const main = fileURLToPath(new URL('../main.ts', import.meta.url));
let folder: string;
let database: TestDatabase;

beforeAll(async () => {
  [folder, database] = await Promise.all([mkdtemp(join(tmpdir(), 'throughline-rules-')), freshDatabase()]);
  await mkdir(join(folder, 'pack', 'deep'), { recursive: true });
});
afterAll(async () => {
  await rm(folder, { recursive: true });
  await database.drop();
});

const rules = (...args: string[]) =>
  new Promise<{ code: number; out: string; err: string }>((resolve) => {
    const env = {
      PATH: process.env.PATH,
      DATABASE_URL: database.databaseUrl,
      CLICKHOUSE_URL: database.clickhouse.url,
      THROUGHLINE_DATA_DIR: join(folder, 'data'),
    };
    execFile(process.execPath, [main, 'rules', ...args], { cwd: folder, env }, (error, out, err) => {
      resolve({ code: error === null ? 0 : Number(error.code), out, err });
    });
  });

const rule = (title: string, id: string, image: string) => `title: ${title}
id: ${id}
status: test
level: high
logsource:
  product: windows
  category: process_creation
detection:
  tool:
    Image|endswith: '\\${image}'
  condition: tool
`;
const started = (image: string) => ({
  '@timestamp': '2026-03-11T09:41:32Z',
  Hostname: 'ws-1',
  Channel: 'Microsoft-Windows-Sysmon/Operational',
  EventID: 1,
  SourceName: 'Microsoft-Windows-Sysmon',
  Image: `C:\\x\\${image}`,
});
const write = (name: string, text: string) => writeFile(join(folder, 'pack', name), text);

test('samples say whether a rule does what it should', { timeout: 30_000 }, async () => {
  await write('one.yml', rule('One', 'one', 'one.exe'));
  await write('one.samples.json', JSON.stringify({ matches: [started('one.exe')], nearMisses: [started('two.exe')] }));
  await write('deep/two.yml', rule('Two', 'two', 'two.exe'));
  expect(await rules('test', 'pack')).toMatchObject({ code: 0, out: '1 of 2 rule files have samples; 0 are wrong.\n' });
  await write('deep/two.samples.json', JSON.stringify({ matches: [started('one.exe')], nearMisses: [] }));
  const wrong = await rules('test', 'pack');
  expect(wrong).toMatchObject({ code: 1, out: '2 of 2 rule files have samples; 1 are wrong.\n' });
  expect(wrong.err).toContain('two.yml: match 1 is not reported');
});

test('a pack is added, told what changed, and its rules are switched', { timeout: 90_000 }, async () => {
  await write('broken.yml', 'title: Broken\nid: broken\ndetection: 3\n');
  const first = await rules('add', 'pack');
  expect(first).toMatchObject({ code: 0 });
  expect(first.out).toMatch(
    /^Pack pack: 2 rules, 0 correlations, 0 filters; 3 files new, 0 changed, 0 gone\. 1 cannot be used\./,
  );
  expect(first.err).toMatch(/broken\.yml:\d+: /);
  await write('one.yml', rule('One', 'one', 'eins.exe'));
  await rm(join(folder, 'pack', 'broken.yml'));
  expect((await rules('add', 'pack')).out).toContain('0 files new, 1 changed, 1 gone. 0 cannot be used.');
  expect(await rules('disable', 'one')).toMatchObject({ code: 2 });
  expect((await rules('disable', 'one', '--reason', 'our own tool')).code).toBe(0);
  const listed = (await rules('list')).out;
  expect(listed).toMatch(/pack +2/);
  expect(listed).toMatch(/one +our own tool/);
  expect(await rules('add', 'nothing.txt')).toMatchObject({ code: 2 });
});
