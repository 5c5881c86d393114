import { addException, changeRule, saveRulePack } from '@throughline/store';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { processEvents } from '../events/process-events.fixture.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

let server: TestServer;
let token: string;

const rule = (id: string, image: string, level = 'high') => `
title: Tool ${image} started
id: ${id}
status: test
description: The tool is of no use to anybody here.
author: Ada
license: DRL-1.1
level: ${level}
tags: [attack.execution, attack.t1059.001]
falsepositives: [Administrators at work]
recommendation: Ask Ada what the tool is for.
logsource: { product: windows, category: process_creation }
detection:
  tool: { Image|endswith: '\\\\${image}' }
  condition: tool
`;
const one = '11111111-1111-4111-8111-111111111111';
const two = '22222222-2222-4222-8222-222222222222';
const often = '33333333-3333-4333-8333-333333333333';
const correlation = `
title: Tool started again and again
id: ${often}
status: test
level: high
tags: [attack.execution]
correlation:
  type: event_count
  rules: [${one}]
  group-by: [Computer]
  timespan: 1h
  condition: { gte: 2 }
  generate: true
`;
const who = () => ({ tenantId: 'default', by: 'test', now: new Date() });

beforeAll(async () => {
  server = await startTestServer();
  token = await server.token('operator', ['intake', 'read']);
  const pack = { name: 'test', version: '1', licence: 'DRL-1.1', url: '' };
  await saveRulePack(server.db, who(), pack, [
    { path: 'one.yml', text: rule(one, 'tool1.exe') },
    { path: 'often.yml', text: correlation },
    { path: 'two.yml', text: rule(two, 'tool2.exe', 'low') },
    { path: 'broken.yml', text: 'title: Broken\nid: x\nlogsource: {}\ndetection: { condition: nothing }' },
  ]);
});
afterAll(() => server.stop());

async function send(body: unknown) {
  await server.call('/api/intake/auto', { method: 'POST', token, body });
  await server.pipeline.idle();
}

async function alertsOf(ruleId: string) {
  const { json } = await server.call('/api/alerts?limit=50', { token });
  const details = await Promise.all(
    json.items.map(async ({ id }: { id: string }) => (await server.call(`/api/alerts/${id}`, { token })).json.alert),
  );
  return details.filter(({ detectorId }) => detectorId === ruleId);
}

const counted = (ruleId: string) =>
  server.db
    // biome-ignore lint/suspicious/noExplicitAny: the table has no place among those of the application.
    .selectFrom('detection_count' as any)
    .selectAll()
    .where('rule_id', '=', ruleId)
    .executeTakeFirst();

test('a match is an alert that says who wrote the rule and shows what it saw; repeats fold', async () => {
  await send(processEvents(100, 'ws-1.corp.example'));
  const [alert, ...others] = await alertsOf(one);
  expect(others).toEqual([]);
  expect(alert).toMatchObject({
    title: 'Tool tool1.exe started',
    severity: 'high',
    serviceSource: 'throughline',
    tactics: ['execution'],
    mitreTechniques: ['T1059.001'],
    firstActivityDateTime: '2026-05-01T10:00:00.001Z',
    lastActivityDateTime: '2026-05-01T10:00:00.051Z',
    additionalData: { count: 2, rule: { id: one, author: 'Ada', license: 'DRL-1.1' } },
  });
  expect(alert.description).toContain('by Ada, licence DRL-1.1');
  expect(alert.recommendedActions).toMatch(
    /^Ask Ada what the tool is for\.\nKnown harmless causes: Administrators at work\./,
  );
  expect(alert.recommendedActions).toContain('Administrators at work');
  const types = alert.evidence.map((each: Record<string, string>) => each['@odata.type']?.split('.').at(-1));
  expect(new Set(types)).toEqual(new Set(['deviceEvidence', 'userEvidence', 'processEvidence', 'fileEvidence']));
  const process = alert.evidence.find(({ processId }: { processId?: number }) => processId === 1001);
  expect(process).toMatchObject({
    processCommandLine: 'tool1.exe --number 1',
    imageFile: { fileName: 'tool1.exe' },
    parentProcessId: 400,
    parentProcessImageFile: { fileName: 'explorer.exe' },
  });
  const [key] = alert.additionalData.recordKeys;
  const raw = await server.call(`/api/events/raw/${key}`, { token });
  expect(JSON.parse(raw.json.text).CommandLine).toBe('tool1.exe --number 1');
});

test('the same records raise nothing again, and later ones add to the alert', async () => {
  await send(processEvents(100, 'ws-1.corp.example'));
  expect(await alertsOf(one)).toMatchObject([{ additionalData: { count: 2 } }]);
  await send(processEvents(100, 'ws-1.corp.example', 100));
  expect(await alertsOf(one)).toMatchObject([
    { lastActivityDateTime: '2026-05-01T10:00:00.151Z', additionalData: { count: 4 } },
  ]);
  expect(await counted(one)).toMatchObject({ matches: 4, alerts: 1, folded: 3, excepted: 0 });
});

test('another device has an alert of its own', async () => {
  await send(processEvents(10, 'ws-2.corp.example', 1000));
  expect((await alertsOf(one)).length).toBe(2);
});

test('an exception holds for what fits it, and is counted', async () => {
  await addException(server.db, who(), {
    ruleId: two,
    conditions: [{ field: 'CommandLine', operator: 'contains', values: ['--number 2002'] }],
    reason: 'known',
    expiresDateTime: null,
  });
  await send(processEvents(3, 'ws-3.corp.example', 2000));
  expect(await counted(two)).toMatchObject({ excepted: 1 });
  const about = (await alertsOf(two)).filter(({ evidence }) => JSON.stringify(evidence).includes('ws-3'));
  expect(about).toEqual([]);
});

test('a disabled rule raises nothing', async () => {
  await changeRule(server.db, who(), { ruleId: one, enabled: false, windowMinutes: null, reason: 'noise' });
  const before = (await alertsOf(one)).length;
  await send(processEvents(10, 'ws-4.corp.example', 3000));
  expect((await alertsOf(one)).length).toBe(before);
});

test('a correlation is an alert of its own', async () => {
  const [alert, ...others] = await alertsOf(often);
  expect(others).toEqual([]);
  expect(alert).toMatchObject({
    title: 'Tool started again and again',
    serviceSource: 'throughline',
    severity: 'high',
  });
});
