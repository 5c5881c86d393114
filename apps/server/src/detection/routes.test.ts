import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { detectionDetail, detectionList } from '@throughline/model';
import { countDetections, holdRule, saveRulePack } from '@throughline/store';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Browser, startTestServer, type TestServer } from '../testing/test-server.ts';
import { ruleLibrary } from './rule-library.ts';

let server: TestServer;
let mira: Browser;
let reader: Browser;
let folder: string;

const rule = (id: string, title: string, more = '') => `
title: ${title}
id: ${id}
author: Ada
license: DRL-1.1
level: critical
tags: [attack.credential-access, attack.t1003.001]
falsepositives: [Backups]
logsource: { product: windows, category: process_creation }
detection: { tool: { Image|endswith: '\\tool.exe' }, condition: tool }
${more}`;
const one = '11111111-1111-4111-8111-111111111111';
const two = '22222222-2222-4222-8222-222222222222';
const who = () => ({ tenantId: 'default', by: 'test', now: new Date() });
const pack = { name: 'mine', version: '1', licence: 'DRL-1.1', url: '' };
const files = [
  { path: 'one.yml', text: rule(one, 'Zebra') },
  { path: 'two.yml', text: rule(two, 'Aardvark', 'description: It digs.') },
  { path: 'broken.yml', text: 'title: Broken\nlogsource:\n  product: x\ndetection:\n  condition: nothing\n' },
];
const nothing = { matches: 0, alerts: 0, folded: 0, excepted: 0, throttled: 0, costUs: 0 };

beforeAll(async () => {
  server = await startTestServer();
  [mira, reader] = await Promise.all([server.signedIn('administrator', 'mira'), server.signedIn('reader')]);
  folder = await mkdtemp(join(tmpdir(), 'throughline-rules-'));
  await saveRulePack(server.db, who(), pack, files);
  const today = new Date();
  const before = (days: number) => new Date(today.getTime() - days * 86_400_000);
  const count = (at: Date, counts: object) =>
    countDetections(server.db, 'default', at, [{ ...nothing, ruleId: one, ...counts }], new Map());
  await count(today, { matches: 5, alerts: 2, folded: 2, excepted: 1, costUs: 300 });
  await count(before(3), { matches: 4, alerts: 1, folded: 3 });
  await count(before(40), { matches: 1_000 });
  await countDetections(server.db, 'default', today, [{ ...nothing, ruleId: two, costUs: 100 }], new Map());
}, 60_000);
afterAll(async () => {
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
});

const read = async (id: string) => detectionDetail.parse((await reader.call(`/api/detections/${id}`)).json);

test('every rule is listed with what it did in 30 days, and what cannot be used with line and reason', async () => {
  const { items, faults } = detectionList.parse((await reader.call('/api/detections')).json);
  expect(items.map(({ title }) => title)).toEqual(['Aardvark', 'Zebra']);
  expect(items[1]).toMatchObject({
    id: one,
    author: 'Ada',
    licence: 'DRL-1.1',
    level: 'critical',
    tactics: ['credentialAccess'],
    techniques: ['T1003.001'],
    logSource: 'windows · process_creation',
    origin: 'pack',
    path: 'mine/one.yml',
    enabled: true,
    held: null,
    matches: 9,
    alerts: 3,
    folded: 5,
    excepted: 1,
    costShare: 0.75,
    lastMatchDay: new Date().toISOString().slice(0, 10),
  });
  expect(faults).toEqual([
    { path: 'mine/broken.yml', line: 5, reason: expect.stringContaining('nothing'), title: 'Broken' },
  ]);
});

test('a rule has its text and each of 30 days, today last', async () => {
  const { days, text, falsePositives } = await read(one);
  expect([days.length, days.at(-1)?.matches, days.at(-4)?.matches, days[0]?.matches]).toEqual([30, 5, 4, 0]);
  expect([text, falsePositives]).toEqual([files[0]?.text, ['Backups']]);
  expect((await reader.call('/api/detections/none')).status).toBe(404);
});

test('a rule is turned off and on with a reason, its window apart, and the audit log tells it', async () => {
  const change = (body: object, by = mira) => by.call(`/api/detections/${one}`, { method: 'PATCH', body });
  expect((await change({ enabled: false }, mira)).status).toBe(400);
  expect((await change({ reason: 'just so' }, mira)).status).toBe(400);
  expect((await change({ enabled: false, reason: 'noise' }, reader)).status).toBe(403);
  expect((await change({ windowMinutes: 15, reason: 'shorter' })).json).toMatchObject({ windowMinutes: 15 });
  expect((await change({ enabled: false, reason: 'noise' })).json).toMatchObject({
    enabled: false,
    windowMinutes: 15,
    reason: 'noise',
  });
  expect(await read(one)).toMatchObject({ enabled: false, windowMinutes: 15, reason: 'noise' });
  const { items } = (await mira.call('/api/audit?action=detection.change&outcome=done')).json;
  expect(items[0]).toMatchObject({
    target: { id: `detection-rule-${one}` },
    details: { after: { enabled: false, windowMinutes: 15, reason: 'noise' } },
  });
  expect(
    (await mira.call('/api/detections/none', { method: 'PATCH', body: { enabled: true, reason: 'x' } })).status,
  ).toBe(404);
});

test('an exception is made, shown beside its rule, and ended', async () => {
  const conditions = [{ field: 'Image', operator: 'endsWith', values: ['\\tool.exe'] }];
  const make = (body: object, id = one) => mira.call(`/api/detections/${id}/exceptions`, { method: 'POST', body });
  expect((await make({ conditions, reason: 'known', expiresDateTime: '2020-01-01T00:00:00Z' })).status).toBe(400);
  expect((await make({ conditions: [], reason: 'known' })).status).toBe(400);
  expect((await make({ conditions, reason: 'known' }, 'none')).status).toBe(404);
  const made = await make({ conditions, reason: 'known', expiresDateTime: '2099-01-01T00:00:00Z' });
  expect([made.status, made.json.createdBy, made.json.hits]).toEqual([201, 'mira', 0]);
  expect((await read(one)).exceptions).toEqual([made.json]);
  expect((await read(two)).exceptions).toEqual([]);
  const end = () => mira.call(`/api/detection-exceptions/${made.json.id}`, { method: 'DELETE' });
  expect([(await end()).status, (await end()).status]).toEqual([204, 404]);
  expect((await read(one)).exceptions).toEqual([]);
});

test('a rule that is held back says why and until when', async () => {
  const now = Date.now();
  const held = {
    why: 'noisy' as const,
    sinceDateTime: new Date(now).toISOString(),
    untilDateTime: new Date(now + 3_600_000).toISOString(),
    facts: { alertsInAnHour: 100, most: 100 },
  };
  await holdRule(server.db, 'default', { ruleId: two, ...held });
  expect((await read(two)).held).toEqual(held);
});

test('rules are read again only when packs change; those on disk are named without the machine’s folders', async () => {
  const rules = join(folder, 'rules');
  await mkdir(join(rules, 'windows'), { recursive: true });
  await writeFile(join(rules, 'windows', 'three.yml'), rule('three', 'On disk'));
  await writeFile(join(rules, 'windows', 'two.yml'), rule(two, 'Again'));
  await writeFile(join(rules, 'bad.yml'), 'title: [');
  const library = ruleLibrary(server.db, [rules, join(folder, 'absent')], () => new Date());
  const [first, together] = await Promise.all([library('default'), library('default')]);
  expect(together).toBe(first);
  expect(first.rules.get('three')).toMatchObject({ origin: 'disk', path: 'rules/windows/three.yml' });
  expect(JSON.stringify(first.faults)).not.toContain(folder);
  expect(first.faults.map(({ path }) => path).sort()).toEqual([
    'mine/broken.yml',
    'rules/bad.yml',
    'rules/windows/two.yml',
  ]);
  await mira.call(`/api/detections/${one}`, { method: 'PATCH', body: { enabled: true, reason: 'quiet again' } });
  expect(await library('default')).toBe(first);
  await saveRulePack(server.db, who(), pack, [...files, { path: 'four.yml', text: rule('four', 'Later') }]);
  const later = await library('default');
  expect([later === first, later.rules.has('four'), first.rules.has('four')]).toEqual([false, true, false]);
  await saveRulePack(server.db, who(), pack, files);
});
