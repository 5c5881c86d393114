import type { CorrelationPreview, CorrelationSettings, ProposedChoices } from '@throughline/model';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Answer, type Browser, startTestServer, type TestServer } from '../testing/test-server.ts';

const path = '/api/settings/correlation';
let server: TestServer;
let mira: Browser;
let sam: Browser;
let token = '';

beforeAll(async () => {
  server = await startTestServer();
  [mira, sam] = await Promise.all([server.signedIn('administrator', 'mira'), server.signedIn('administrator', 'sam')]);
  token = await server.token('operator', ['intake']);
  await send(Array.from({ length: 12 }, (_, n) => alertOf(`story-${n}`, n, n < 2 ? 'fin-1' : `host-${n}`, '10.1.1.1')));
}, 60_000);
afterAll(() => server?.stop());

const began = Date.now() - 86_400_000;

function alertOf(id: string, minute: number, device: string, address: string) {
  const at = new Date(began + minute * 600_000).toISOString();
  return {
    id,
    '@odata.type': '#microsoft.graph.security.alert',
    title: `Alert ${id}`,
    severity: 'high',
    serviceSource: 'microsoftDefenderForEndpoint',
    detectorId: `rule-${id}`,
    productName: 'Endpoint',
    createdDateTime: at,
    firstActivityDateTime: at,
    lastActivityDateTime: at,
    evidence: [
      {
        '@odata.type': '#microsoft.graph.security.deviceEvidence',
        deviceDnsName: `${device}.example.com`,
        mdeDeviceId: device,
      },
      { '@odata.type': '#microsoft.graph.security.ipEvidence', ipAddress: address },
    ],
  };
}

async function send(alerts: readonly object[]): Promise<void> {
  const body = alerts.map((alert) => JSON.stringify(alert)).join('\n');
  expect((await server.call('/api/intake/graph', { method: 'POST', token, body })).status).toBe(202);
  await server.pipeline.idle();
}

const read = async (): Promise<CorrelationSettings> => (await mira.call(path)).json;
const nothing: ProposedChoices = { numbers: {}, restrictToDeviceGroups: false, exceptions: [] };
async function save(choices: Partial<ProposedChoices>, version?: number, who = mira): Promise<Answer> {
  const body = { version: version ?? (await read()).version, comment: 'a test', choices: { ...nothing, ...choices } };
  return who.call(path, { method: 'PATCH', body });
}
const exception: ProposedChoices['exceptions'][number] = {
  id: null,
  subject: 'detection',
  effect: 'standAlone',
  value: 'microsoftDefenderForEndpoint/rule-story-1',
  name: 'Alert story-1',
  kind: null,
  reason: 'It cries wolf.',
  expiresDateTime: null,
};

describe('settings', () => {
  test('as shipped nothing is chosen, and every number is explained', async () => {
    const settings = await read();
    expect(settings).toMatchObject({ version: 0, choices: nothing, changedBy: null, inForceDateTime: null });
    const joinAt = settings.parameters.find(({ id }) => id === 'joinAt');
    expect(joinAt).toMatchObject({ default: 6, unit: 'nats', min: 2, max: 15, label: 'Score to join' });
    expect(Object.keys(joinAt ?? {})).not.toContain('factor');
  });

  test('a change is a version, told with before and after, and in force with the next alert', async () => {
    const saved = await save({ numbers: { joinAt: 8, mergeAt: 6 }, exceptions: [exception] });
    expect(saved.json).toMatchObject({ version: 1, changedBy: 'mira', comment: 'a test' });
    expect(saved.json.choices.numbers).toEqual({ joinAt: 8 });
    expect(saved.json.choices.exceptions).toMatchObject([{ ...exception, id: expect.any(String), createdBy: 'mira' }]);
    await send([alertOf('later', 200, 'other', '10.9.9.9')]);
    expect(await read()).toMatchObject({ inForceDateTime: expect.any(String), inForceAfterAlert: 12 });
    const { items } = (await mira.call('/api/audit?action=settings.change')).json;
    const entry = items.find(({ target }: { target: { id: string } | null }) => target?.id === 'correlation');
    expect(entry.details).toMatchObject({ before: { version: 0 }, after: { version: 1, numbers: { joinAt: 8 } } });
  });

  test('an exception kept as it was stays its maker’s; a changed one becomes that of who changed it', async () => {
    const [kept] = (await read()).choices.exceptions;
    const { createdBy: _, createdDateTime: __, ...same } = kept as NonNullable<typeof kept>;
    const unchanged = await save({ exceptions: [same] }, undefined, sam);
    expect(unchanged.json.choices.exceptions[0]).toEqual(kept);
    const changed = await save({ exceptions: [{ ...same, reason: 'Another reason' }] }, undefined, sam);
    expect(changed.json.choices.exceptions[0]).toMatchObject({
      id: same.id,
      createdBy: 'sam',
      reason: 'Another reason',
    });
  });

  test('who was slower is told who was faster', async () => {
    const { version } = await read();
    expect((await save({}, version, sam)).status).toBe(200);
    const late = await save({ numbers: { joinAt: 3 } }, version);
    expect(late.status).toBe(409);
    expect(late.json.error).toMatchObject({ code: 'changedMeanwhile', message: expect.stringContaining('sam') });
    const { items } = (await mira.call(`${path}/versions`)).json;
    expect(items.map((each: { version: number }) => each.version)).toEqual([4, 3, 2, 1]);
  });

  test.each<[string, object]>([
    ['a number out of range', { numbers: { joinAt: 99 } }],
    ['a number that is none', { numbers: { colour: 1 } }],
    ['a hub that is a detection', { exceptions: [{ ...exception, effect: 'alwaysHub' }] }],
    ['an exception without a reason', { exceptions: [{ ...exception, reason: ' ' }] }],
    ['two exceptions about the same', { exceptions: [exception, exception] }],
    ['unknown keys', { speed: 'fast' }],
  ])('%s is refused, and nothing is kept', async (_, choices) => {
    const { version } = await read();
    const refused = await save(choices as ProposedChoices);
    expect(refused.status).toBe(400);
    expect((await read()).version).toBe(version);
  });
});

describe('what there is', () => {
  test('an address that many devices share is a hub, with its spread', async () => {
    const { items, windowHours, cut } = (await mira.call(`${path}/hubs`)).json;
    expect([windowHours, cut]).toEqual([72, false]);
    expect(items).toMatchObject([
      { kind: 'ip', name: '10.1.1.1', devices: 11, users: 0, assets: 11, alerts: 12, silent: false },
    ]);
  });

  test.each([
    ['detection', 'story-1', { value: exception.value, name: 'Alert story-1', alerts: 1 }],
    ['product', '', { value: 'Endpoint', alerts: 13 }],
    ['source', 'defender', { value: 'microsoftDefenderForEndpoint', alerts: 13 }],
    ['title', 'alert later', { value: 'Alert later' }],
    ['entity', 'fin-1', { kind: 'device', name: 'fin-1.example.com' }],
  ])('a %s is found by its name', async (subject, search, wanted) => {
    const { items } = (await mira.call(`${path}/subjects?subject=${subject}&search=${search}`)).json;
    expect(items).toContainEqual(expect.objectContaining(wanted));
  });
});

describe('preview', () => {
  const begin = (choices: Partial<ProposedChoices>, who = mira) =>
    who.call(`${path}/preview`, { method: 'POST', body: { choices: { ...nothing, ...choices } } });
  const ended = async (id: string): Promise<CorrelationPreview> => {
    let preview: CorrelationPreview;
    do preview = (await mira.call(`${path}/preview/${id}`)).json;
    while (preview.state === 'running');
    return preview;
  };

  test('says what would split, with the incidents of today, and changes nothing', async () => {
    const before = await read();
    const begun = await begin({ numbers: { 'kindWeight.device': 0 } });
    expect(begun.status).toBe(202);
    const { state, comparison, done, total } = await ended(begun.json.id);
    expect([state, done, total]).toEqual(['done', 13, 13]);
    expect(comparison).toMatchObject({ alerts: 13, available: 13, cut: 'none' });
    const split = comparison?.splits.items.find(({ from }) => from.title.includes('fin-1'));
    expect(split?.from.incidentId).toBeGreaterThan(0);
    expect((await mira.call(`/api/incidents/${split?.from.incidentId}`)).json.displayName).toBe(split?.from.title);
    expect(split?.into.length).toBe(2);
    expect(comparison?.after.incidents).toBeGreaterThan(comparison?.before.incidents ?? 0);
    const { version, choices } = await read();
    expect({ version, choices }).toEqual({ version: before.version, choices: before.choices });
  });

  test('device groups and exceptions count too', async () => {
    const entity = (await mira.call(`${path}/subjects?subject=entity&search=fin-1`)).json.items[0];
    const hub = { ...exception, subject: 'entity', effect: 'alwaysHub', ...entity, reason: 'a test' } as const;
    const { alerts: _, ...about } = hub as typeof hub & { alerts: null };
    const { comparison } = await ended((await begin({ restrictToDeviceGroups: true, exceptions: [about] })).json.id);
    expect(comparison?.splits.total).toBeGreaterThan(0);
  });

  test('somebody else waits; one’s own new preview ends the old one; it can be ended', async () => {
    const first = (await begin({})).json;
    expect((await begin({}, sam)).json.error).toMatchObject({ code: 'previewRunning' });
    const second = (await begin({})).json;
    expect((await mira.call(`${path}/preview/${first.id}`)).json.state).toBe('cancelled');
    expect((await mira.call(`${path}/preview/${second.id}`, { method: 'DELETE' })).json.state).toBe('cancelled');
    expect((await mira.call(`${path}/preview/${crypto.randomUUID()}`)).status).toBe(404);
  });

  test('what does not fit is refused before anything is replayed', async () => {
    expect((await begin({ numbers: { joinAt: -1 } })).status).toBe(400);
  });
});
