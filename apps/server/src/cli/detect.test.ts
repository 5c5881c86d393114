import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';

const main = fileURLToPath(new URL('../main.ts', import.meta.url));
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'throughline-detect-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [main, 'detect', ...args], { cwd: folder }, (error, out, err) => {
      resolve({ code: error === null ? 0 : Number(error.code), out, err });
    });
  });
}

const rule = (id: string, detection: string) =>
  `title: Rule ${id}\nid: ${id}\nname: ${id}\nauthor: A. Person\nlevel: high\nlogsource:\n  product: windows\n  category: process_creation\ndetection:\n  s:\n    ${detection}\n  condition: s\n`;
const started = (image: string, second: number) => ({
  Event: {
    System: {
      Provider: { '#attributes': { Name: 'Microsoft-Windows-Sysmon' } },
      EventID: 1,
      Channel: 'Microsoft-Windows-Sysmon/Operational',
      Computer: 'host',
      TimeCreated: { '#attributes': { SystemTime: `2026-11-24T08:00:0${second}.000Z` } },
    },
    EventData: { Image: image, ProcessId: second, User: 'A\\b' },
  },
});

test('matches are written with file and record, faults are told, and both kinds of rule are judged', async () => {
  const rules = join(folder, 'rules/deep');
  const events = join(folder, 'events');
  await Promise.all([mkdir(rules, { recursive: true }), mkdir(events)]);
  const chain =
    'title: Both\nid: both\nlevel: critical\ncorrelation:\n  type: temporal\n  rules: [one, two]\n  group-by: [Computer]\n  timespan: 1m\n  generate: true\n';
  await writeFile(join(rules, 'a.yml'), rule('one', "Image|endswith: '\\one.exe'"));
  await writeFile(join(rules, 'b.yaml'), `${rule('two', "Image|endswith: '\\two.exe'")}---\n${chain}`);
  await writeFile(join(rules, 'c.yml'), rule('bad', "Image|re: '(?=x)'"));
  const records = [started('C:\\x\\ONE.exe', 1), started('C:\\x\\other.exe', 2), started('C:\\x\\two.exe', 3)];
  await writeFile(join(events, 'pretty.json'), records.map((record) => JSON.stringify(record, null, 2)).join('\n'));
  await writeFile(join(events, 'packed.gz'), gzipSync(JSON.stringify(records.slice(0, 1))));

  const { code, err } = await run('--rules', 'rules', '--events', 'events', '--out', 'matches.ndjson');
  const lines = (await readFile(join(folder, 'matches.ndjson'), 'utf8'))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const common = { author: 'A. Person', level: 'high' };
  expect(lines).toEqual([
    {
      ruleId: 'one',
      rule: 'Rule one',
      ...common,
      source: 'events/packed.gz',
      line: 1,
      timestamp: '2026-11-24T08:00:01.000Z',
    },
    {
      ruleId: 'one',
      rule: 'Rule one',
      ...common,
      source: 'events/pretty.json',
      line: 1,
      timestamp: '2026-11-24T08:00:01.000Z',
    },
    {
      ruleId: 'two',
      rule: 'Rule two',
      ...common,
      source: 'events/pretty.json',
      line: 3,
      timestamp: '2026-11-24T08:00:03.000Z',
    },
    expect.objectContaining({ ruleId: 'both', level: 'critical', source: 'events/pretty.json', line: 3 }),
  ]);
  expect(err).toMatch(/rules\/deep\/c\.yml:11: .*regular expression.* \(Rule bad\)/);
  expect(err).toContain('4 matches in 4 events by 2 rules; 0 records were no telemetry, 1 rules could not be used');
  expect(code).toBe(0);
});

test('a wrong use is explained', async () => {
  expect(await run('--rules', 'rules')).toMatchObject({ code: 2, err: expect.stringContaining('--events') });
  expect(await run('--rules', 'nowhere', '--events', 'events')).toMatchObject({
    code: 2,
    err: expect.stringContaining('nowhere'),
  });
});
