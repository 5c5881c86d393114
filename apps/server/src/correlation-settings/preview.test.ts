import { makeAlert, makeEvidence } from '@throughline/model';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { append, drain, openDatabase, tenantId } from '../pipeline/pipeline.fixture.ts';
import { type PreviewLimits, previewChoices } from './preview.ts';

let database: Awaited<ReturnType<typeof openDatabase>>;
const now = new Date('2026-02-01T00:00:00.000Z');
const nothing = { numbers: {}, restrictToDeviceGroups: false, exceptions: [] };

beforeAll(async () => {
  database = await openDatabase();
  const alerts = Array.from({ length: 2_500 }, (_, n) => {
    // One a minute; the first hundred are older than what is looked at.
    const at = new Date(now.getTime() - (n < 100 ? 40 : 2) * 86_400_000 + n * 60_000).toISOString();
    return makeAlert({
      id: `a${n}`,
      tenantId,
      providerAlertId: `a${n}`,
      title: `Alert ${n % 40}`,
      serviceSource: 'edr',
      detectorId: `rule-${n % 40}`,
      createdDateTime: at,
      firstActivityDateTime: at,
      lastActivityDateTime: at,
      evidence: [makeEvidence('deviceEvidence', { deviceDnsName: `host-${n % 97}.example.com` })],
    });
  });
  await append(database.db, alerts);
  await drain(database.db);
}, 60_000);
afterAll(() => database?.close());

const preview = (limits: Partial<PreviewLimits>, options: { signal?: AbortSignal; onProgress?: () => void } = {}) =>
  previewChoices({
    db: database.db,
    tenantId,
    before: nothing,
    after: { ...nothing, numbers: { joinAt: 4 } },
    now,
    limits: { days: 30, alerts: 50_000, ms: 60_000, ...limits },
    signal: options.signal ?? new AbortController().signal,
    onProgress: options.onProgress ?? (() => {}),
  });

test('replays what happened in the time looked at, and says so', async () => {
  const whole = await preview({});
  expect(whole).toMatchObject({ alerts: 2_400, available: 2_400, cut: 'none' });
  expect(whole.before.incidents).toBeGreaterThan(0);
});

test('cut by number, the newest are replayed, and it is said', async () => {
  const cut = await preview({ alerts: 500 });
  expect(cut).toMatchObject({ alerts: 500, available: 2_400, cut: 'alerts' });
  expect(cut.lastDateTime).toBe((await preview({})).lastDateTime);
});

test('cut by time, what was replayed until then is compared', async () => {
  expect(await preview({ ms: 0 })).toMatchObject({ alerts: 0, cut: 'time', firstDateTime: null });
});

test('cancelled, it ends at once with the reason', async () => {
  const abort = new AbortController();
  const reason = new Error('cancelled');
  await expect(preview({}, { signal: abort.signal, onProgress: () => abort.abort(reason) })).rejects.toBe(reason);
});
