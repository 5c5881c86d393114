import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Browser, startTestServer, type TestServer } from '../testing/test-server.ts';

let server: TestServer;
let mira: Browser;
let sam: Browser;

beforeAll(async () => {
  server = await startTestServer();
  [mira, sam] = await Promise.all([server.signedIn('administrator', 'mira'), server.signedIn('administrator', 'sam')]);
}, 60_000);
afterAll(() => server?.stop());

const lastEntry = async (target: string) =>
  (await mira.call('/api/audit?action=settings.change')).json.items.find(
    ({ target: of, outcome }: { target: { id: string }; outcome: string }) => of?.id === target && outcome === 'done',
  );

describe('general', () => {
  const path = '/api/settings/general';

  test('a change is kept, told with before and after, and known to mails', async () => {
    const { json: before } = await mira.call(path);
    expect(before).toMatchObject({ organizationName: 'Default', timeZone: null, updatedBy: 'system' });
    const body = {
      organizationName: ' Contoso ',
      timeZone: 'Europe/Berlin',
      updatedDateTime: before.updatedDateTime,
    };
    const saved = await mira.call(path, { method: 'PATCH', body });
    expect(saved.json).toMatchObject({ organizationName: 'Contoso', timeZone: 'Europe/Berlin', updatedBy: 'mira' });
    expect((await lastEntry('general')).details).toMatchObject({
      before: { organizationName: 'Default', timeZone: null },
      after: { organizationName: 'Contoso', timeZone: 'Europe/Berlin' },
    });
  });

  test('who was slower is told who was faster, and overwrites nothing', async () => {
    const { json: read } = await sam.call(path);
    const change = (browser: Browser, organizationName: string) =>
      browser.call(path, { method: 'PATCH', body: { organizationName, updatedDateTime: read.updatedDateTime } });
    expect((await change(mira, 'First')).status).toBe(200);
    const late = await change(sam, 'Second');
    expect(late.status).toBe(409);
    expect(late.json.error).toMatchObject({ code: 'changedMeanwhile', message: expect.stringContaining('mira') });
    expect((await sam.call(path)).json.organizationName).toBe('First');
  });

  test.each([
    [{ timeZone: 'Mars/Olympus' }],
    [{ timeZone: '+02:00' }],
    [{ organizationName: '  ' }],
    [{ colour: 'red' }],
  ])('%j is refused', async (change) => {
    const { updatedDateTime } = (await mira.call(path)).json;
    expect((await mira.call(path, { method: 'PATCH', body: { ...change, updatedDateTime } })).status).toBe(400);
  });
});

describe('sources', () => {
  const alert = (id: string) => ({
    id,
    '@odata.type': '#microsoft.graph.security.alert',
    title: 'Suspicious sign-in',
    severity: 'low',
    serviceSource: 'microsoftDefenderForIdentity',
    createdDateTime: '2026-11-01T10:00:00Z',
    evidence: [],
  });
  const listed = async () => (await mira.call('/api/settings/sources')).json.items[0];
  const change = (source: string, body: object) =>
    mira.call(`/api/settings/sources/${source}`, { method: 'PATCH', body });
  let token = '';
  const send = (format: string, id: string) =>
    server.call(`/api/intake/${format}`, { method: 'POST', token, body: JSON.stringify(alert(id)) });

  test('what sent is listed with its counts; what never did is not known', async () => {
    token = await server.token('operator', ['intake']);
    expect((await send('auto', 'a-1')).status).toBe(202);
    await server.pipeline.idle();
    const source = await listed();
    expect(source).toMatchObject({ received: 1, stored: 1, enabled: true, refused: 0, updatedDateTime: null });
    expect((await change('nothing', { note: 'x', updatedDateTime: null })).status).toBe(404);
  });

  test('a disabled source is refused by name and by recognition, counted, and stores nothing', async () => {
    const { source } = await listed();
    const saved = await change(source, { enabled: false, displayName: 'Identity', updatedDateTime: null });
    expect(saved.json).toMatchObject({ enabled: false, displayName: 'Identity', updatedBy: 'mira' });
    for (const format of [source, 'auto']) {
      const answer = await send(format, 'a-2');
      expect(answer.status).toBe(403);
      expect(answer.json.error).toMatchObject({
        code: 'sourceDisabled',
        message: expect.stringContaining('Settings, Sources'),
      });
    }
    await server.pipeline.idle();
    expect(await listed()).toMatchObject({ received: 1, stored: 1, rejected: 0, refused: 2 });
    expect((await change(source, { enabled: true, updatedDateTime: null })).status).toBe(409);
    expect((await lastEntry(source)).details).toMatchObject({ before: { enabled: true }, after: { enabled: false } });
  });

  test('enabled again, it is taken as before', async () => {
    const { source, updatedDateTime } = await listed();
    expect((await change(source, { enabled: true, updatedDateTime })).status).toBe(200);
    expect((await send(source, 'a-2')).status).toBe(202);
    await server.pipeline.idle();
    expect(await listed()).toMatchObject({ received: 2, stored: 2, displayName: 'Identity' });
  });
});
