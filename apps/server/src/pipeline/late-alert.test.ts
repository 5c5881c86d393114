import { type Alert, graphTypePrefix, makeAlert, type Severity, type Tactic } from '@throughline/model';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { append, drain, openDatabase, snapshot } from './pipeline.fixture.ts';

const hour = 3_600_000;
const start = Date.UTC(2026, 0, 5, 8);
let open: Awaited<ReturnType<typeof openDatabase>>;
beforeEach(async () => {
  open = await openDatabase();
});
afterEach(() => open.close());

function alertOf(id: string, at: number, title: string, severity: Severity, tactic: Tactic, more: object = {}): Alert {
  const createdDateTime = new Date(start + at).toISOString();
  const file = {
    '@odata.type': `${graphTypePrefix}fileEvidence`,
    fileDetails: { fileName: 'a.exe', sha256: 'ab'.repeat(32) },
  };
  return makeAlert({
    ...{ id, providerAlertId: id, tenantId: 'default', title, severity, tactics: [tactic], createdDateTime },
    ...{ serviceSource: 'microsoftDefenderForEndpoint', detectionSource: 'microsoftDefenderForEndpoint' },
    detectorId: title,
    evidence: [
      { '@odata.type': `${graphTypePrefix}deviceEvidence`, deviceDnsName: 'ws-1.corp.example', mdeDeviceId: 'ws-1' },
      file,
    ],
    ...more,
  } as never);
}

/** The story as it was told before the late alert came. */
async function tell(): Promise<void> {
  await append(open.db, [
    alertOf('a', 0, 'Script from a temporary folder', 'medium', 'execution'),
    alertOf('b', 5 * 60_000, 'Encoded command', 'medium', 'execution'),
  ]);
  await drain(open.db);
  await append(open.db, [alertOf('c', 6 * hour, 'Service from a temporary folder', 'medium', 'execution')]);
  await drain(open.db);
}

async function story() {
  const { alerts, incidents } = await snapshot(open.db);
  const of = (id: string) => alerts.find((alert) => alert.id === id)?.incident_id;
  const incident = incidents.find(({ id }) => id === of('a'));
  return { of, incident, alerts, count: incidents.length };
}

describe('an alert that comes late', () => {
  it.each([
    ['hours', 30 * 60_000],
    ['days', -26 * hour],
  ])('by %s joins where it belongs and renames nothing', async (_, at) => {
    await tell();
    const before = await story();
    await append(open.db, [alertOf('late', at, 'Unknown program started', 'medium', 'execution')]);
    await drain(open.db);
    const after = await story();
    expect(after.of('c')).toBe(after.of('a'));
    expect(after.of('late')).toBe(after.of('a'));
    expect(after.count).toBe(before.count);
    expect(after.incident?.id).toBe(before.incident?.id);
    const title = (name = '') => name.replace(/ and \d+ other detections?/, '');
    expect(title(after.incident?.display_name)).toBe(title(before.incident?.display_name));
    expect(after.alerts.slice(0, 3)).toEqual(before.alerts);
    expect(after.incident?.last_activity).toEqual(before.incident?.last_activity);
  });

  it('names the incident when it is more severe than all before', async () => {
    await tell();
    await append(open.db, [alertOf('late', 20 * 60_000, 'Credentials read from memory', 'high', 'execution')]);
    await drain(open.db);
    const { of, incident } = await story();
    expect(of('late')).toBe(of('a'));
    expect(incident?.display_name).toContain('Credentials read from memory');
  });
});
