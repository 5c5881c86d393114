import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

let server: TestServer;
let token: string;

beforeAll(async () => {
  server = await startTestServer();
  token = await server.token('operator', ['intake', 'read']);
});
afterAll(() => server.stop());

function records(count: number, device = 'ws-1') {
  return Array.from({ length: count }, (_, n) => ({
    time: '2026-05-01T10:00:05Z',
    tenantId: 't',
    operationName: 'Publish',
    category: 'AdvancedHunting-DeviceProcessEvents',
    properties: {
      Timestamp: new Date(Date.UTC(2026, 4, 1, 10) + n).toISOString(),
      DeviceId: `id-${device}`,
      DeviceName: device,
      ActionType: 'ProcessCreated',
      FileName: `f${n}.exe`,
      ProcessId: n,
    },
  }));
}

test('telemetry is accepted, stored once and counted', async () => {
  const body = { records: records(50) };
  const first = await server.call('/api/intake/auto', { method: 'POST', token, body });
  expect(first.status).toBe(202);
  expect(first.json).toMatchObject({ received: 50, accepted: 50, rejected: 0 });
  await server.call('/api/intake/auto', { method: 'POST', token, body });
  await server.pipeline.idle();
  const ledger = await server.call('/api/ledger', { token });
  expect(ledger.json).toMatchObject({
    balanced: true,
    sources: [{ received: 100, stored: 50, duplicate: 50, rejected: 0, pending: 0 }],
  });
});
