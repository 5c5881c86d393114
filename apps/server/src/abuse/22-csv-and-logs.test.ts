import { afterAll, beforeAll, expect, test } from 'vitest';
import { syslogMessage } from '../audit/syslog-message.ts';
import { type Browser, startTestServer, type TestServer } from '../testing/test-server.ts';
import { nameOf, routes } from './every-route.fixture.ts';
import { hostileTexts } from './hostile.fixture.ts';

/**
 * Abuse 22. The attack: a name that a spreadsheet runs when the export is opened, or one that ends a log line and writes
 * another.
 */

let server: TestServer;
let admin: Browser;
let ids: number[];
beforeAll(async () => {
  server = await startTestServer();
  admin = await server.signedIn('administrator');
  await admin.call('/api/demo', { method: 'POST' });
  await server.pipeline.idle();
  ids = (await admin.call('/api/incidents?limit=1')).json.items.map(({ id }: { id: number }) => id);
}, 60_000);
afterAll(() => server?.stop());

/** Cells of CSV as RFC 4180 has them. */
const cellsOf = (csv: string) =>
  [...csv.matchAll(/(?:^|,|\r\n)(?:"((?:[^"]|"")*)"|([^",\r\n]*))/g)].map(
    ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '',
  );

test('one route answers CSV: a new one has to be asked here', () => {
  expect(routes.filter(({ media }) => media === 'text/csv').map(nameOf)).toEqual(['get /api/incidents/export']);
});

test('no cell of the export is run, whatever an incident is called', async () => {
  for (const text of hostileTexts) {
    const body = { displayName: text.slice(0, 300), customTags: [text.slice(0, 100)] };
    const { status } = await admin.call(`/api/incidents/${ids[0]}`, { method: 'PATCH', body });
    if (status !== 200) continue;
    const csv = (await admin.call('/api/incidents/export')).text;
    const cells = cellsOf(csv);
    expect(cells.length).toBeGreaterThan(20);
    expect(cells.filter((cell) => /^[=+\-@\t\r]/.test(cell))).toEqual([]);
  }
});

test.each(hostileTexts)('no entry of the audit log is split: %j', (text) => {
  const entry = {
    seq: 1,
    at: '2026-03-01T08:00:00.000Z',
    action: 'session.signIn',
    actor: { kind: 'person', name: text, id: '1' },
    target: { kind: 'account', id: text },
    outcome: 'done',
    address: text,
    details: { [text]: text },
  } as unknown as Parameters<typeof syslogMessage>[0];
  const line = syslogMessage(entry, 'default', text);
  expect(line).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
  expect(Buffer.byteLength(line)).toBeLessThan(20_000);
});

test('the exported audit log has a line for each entry', async () => {
  const csv = (await admin.call('/api/audit/export')).text.trimEnd().split('\n');
  expect(csv.length).toBeGreaterThan(5);
  for (const line of csv) expect(() => JSON.parse(line)).not.toThrow();
});
