import {
  activityEntry,
  incidentEvidence as evidenceShape,
  incidentAsset,
  incidentDetail,
  makeEvidence,
} from '@throughline/model';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Db } from '../database.ts';
import { incidentActivity } from './incident-activity.ts';
import { incidentAssets } from './incident-assets.ts';
import { getIncident } from './incident-detail.ts';
import { incidentEvidence } from './incident-evidence.ts';
import { addAlert, addEntity, addIncident, at, mention, openStore } from './seed-rows.fixture.ts';
import { everything } from './viewer.ts';

let db: Db;
let close: () => Promise<void>;

beforeAll(async () => {
  ({ db, close } = await openStore());
  await addIncident(db, 1, { display_name: 'Survivor', threats: ['Emotet'] });
  await addIncident(db, 2, { status: 'redirected', redirect_to: 3 });
  await addIncident(db, 3, { status: 'redirected', redirect_to: 1 });
  await addIncident(db, 4, { continues: 1 });
  await addIncident(db, 5, { status: 'resolved' });

  const device = await addEntity(db, 'device', 'FIN-WS-07', ['mde:d1', 'dns:fin-ws-07.example.com']);
  const absorbed = await addEntity(db, 'device', 'fin-ws-07', ['host~fin-ws-07'], device);
  const user = await addEntity(db, 'user', 'mira@example.com', ['upn:mira@example.com']);
  const process = await addEntity(db, 'process', 'powershell.exe', ['proc:d1|42|2026-03-01T08:00:00.000Z']);
  const ip = await addEntity(db, 'ip', '203.0.113.9', ['ip:203.0.113.9']);

  const first = await addAlert(db, 1, 'a1', {
    severity: 'low',
    status: 'resolved',
    firstActivityDateTime: at(1),
    lastActivityDateTime: at(2),
    detectionSource: 'antivirus',
    evidence: [
      makeEvidence('deviceEvidence', { osPlatform: 'Windows10', riskScore: 'low', healthStatus: 'active' }),
      makeEvidence('processEvidence', {
        verdict: 'malicious',
        remediationStatus: 'none',
        processCommandLine: 'powershell -enc AAAA',
        processId: 42,
        imageFile: { fileName: 'powershell.exe', filePath: 'C:\\Windows', sha256: 'ab'.repeat(32) },
      }),
    ],
  });
  const second = await addAlert(db, 1, 'a2', {
    severity: 'high',
    firstActivityDateTime: at(3),
    lastActivityDateTime: at(9),
    detectionSource: 'edr',
    threatDisplayName: 'Emotet',
    evidence: [
      makeEvidence('deviceEvidence', {
        osPlatform: 'Windows11',
        lastIpAddress: '10.0.0.7',
        loggedOnUsers: [{ accountName: 'mira', domainName: 'CORP' }],
      }),
      makeEvidence('processEvidence', { verdict: 'Suspicious', remediationStatus: 'blocked', processId: 42 }),
      makeEvidence('userEvidence', { userAccount: { userPrincipalName: 'mira@example.com', userSid: 'S-1-5-21-7' } }),
      makeEvidence('ipEvidence', { ipAddress: '203.0.113.9', countryLetterCode: 'NL' }),
    ],
  });
  const elsewhere = await addAlert(db, 4, 'a3');
  const over = await addAlert(db, 5, 'a4');
  const place = (seq: number, incidentId = 1) => ({ seq, incidentId });
  await mention(db, place(first), { n: absorbed, kind: 'device' }, 0);
  await mention(db, place(first), { n: process, kind: 'process' }, 1, ['created']);
  await mention(db, place(second), { n: device, kind: 'device' }, 0);
  await mention(db, place(second), { n: process, kind: 'process' }, 1, ['attacker', 'created']);
  await mention(db, place(second), { n: user, kind: 'user' }, 2);
  await mention(db, place(second), { n: ip, kind: 'ip' }, 3);
  await mention(db, place(elsewhere, 4), { n: device, kind: 'device' }, -1);
  await mention(db, place(over, 5), { n: device, kind: 'device' }, 7);

  for (const [incident, kind, actor] of [
    [2, 'incidentOpened', 'alert correlation'],
    [3, 'renamed', 'tom'],
    [1, 'assigned', 'mira'],
    [4, 'assigned', 'mira'],
  ] as const) {
    await db
      .insertInto('activity')
      .values({
        tenant_id: 'default',
        kind,
        actor_kind: 'person',
        actor_name: actor,
        incident_id: incident,
        summary: kind,
      })
      .execute();
  }
});
afterAll(() => close());

describe('getIncident', () => {
  it('gives an incident in full, with what was merged into it and what continues it', async () => {
    const incident = await getIncident(db, everything('default'), 1);
    expect(incidentDetail.parse(incident)).toEqual(incident);
    expect(incident).toMatchObject({
      displayName: 'Survivor',
      mergedFrom: [2, 3],
      continues: null,
      continuedBy: 4,
      threats: ['Emotet'],
      counts: { alerts: 2, devices: 1, users: 1, mailboxes: 0, apps: 0, evidence: 2, activity: 3 },
    });
  });

  it('follows merges to the survivor', async () => {
    expect(await getIncident(db, everything('default'), 2)).toEqual({ redirect: 1 });
  });

  it('knows what is not there', async () => {
    for (const id of [77, 0, -1, 1.5, 2 ** 40, Number.NaN])
      expect(await getIncident(db, everything('default'), id)).toBeNull();
    expect(await getIncident(db, everything('other'), 1)).toBeNull();
  });
});

describe('incidentAssets', () => {
  it('folds an asset over its alerts and identities', async () => {
    const assets = await incidentAssets(db, everything('default'), 1, 'device');
    expect(z.array(incidentAsset).parse(assets)).toEqual(assets);
    expect(assets).toEqual([
      {
        id: 'device mde:d1',
        kind: 'device',
        name: 'FIN-WS-07',
        aliases: ['mde:d1', 'dns:fin-ws-07.example.com', 'host~fin-ws-07'],
        severity: 'high',
        alertsActive: 1,
        alertsTotal: 2,
        firstSeenDateTime: at(1),
        lastSeenDateTime: at(9),
        otherIncidents: [4],
        details: {
          'Operating system': 'Windows11',
          'IP addresses': '10.0.0.7',
          'Logged-on users': 'CORP\\mira',
          Risk: 'low',
          Health: 'active',
        },
      },
    ]);
  });

  it('lists every kind of asset when none is asked for', async () => {
    const assets = await incidentAssets(db, everything('default'), 1);
    expect(assets.map(({ kind, details }) => [kind, details.SID])).toEqual([
      ['device', undefined],
      ['user', 'S-1-5-21-7'],
    ]);
  });

  it('lists an asset whose evidence is not in the document', async () => {
    expect(await incidentAssets(db, everything('default'), 5)).toMatchObject([{ name: 'FIN-WS-07', details: {} }]);
  });
});

describe('incidentEvidence', () => {
  it('folds artefacts over alerts: worst verdict, newest remediation, assets and facts', async () => {
    const evidence = await incidentEvidence(db, everything('default'), 1);
    expect(z.array(evidenceShape).parse(evidence)).toEqual(evidence);
    expect(evidence.map(({ name }) => name)).toEqual(['powershell.exe', '203.0.113.9']);
    const [process, address] = evidence;
    expect(process).toMatchObject({
      kind: 'process',
      verdict: 'malicious',
      remediationStatus: 'blocked',
      firstSeenDateTime: at(1),
      lastSeenDateTime: at(9),
      detectionSources: ['antivirus', 'edr'],
      threats: ['Emotet'],
      alertIds: ['a1', 'a2'],
      details: {
        'Command line': 'powershell -enc AAAA',
        'Process id': '42',
        Path: 'C:\\Windows',
        'SHA-256': 'ab'.repeat(32),
      },
    });
    expect(process?.roles.toSorted()).toEqual(['attacker', 'created']);
    expect(process?.assets.map(({ name }) => name).toSorted()).toEqual(['FIN-WS-07', 'mira@example.com']);
    expect(address?.details).toEqual({ Address: '203.0.113.9', Country: 'NL' });
  });
});

describe('incidentActivity', () => {
  const read = (query: object = {}) => incidentActivity(db, everything('default'), 1, { limit: 10, ...query });

  it('tells the whole family of merged incidents, newest first, and where each entry happened', async () => {
    const { items, next } = await read();
    expect(z.array(activityEntry).parse(items)).toEqual(items);
    expect(items.map(({ incidentId, kind }) => [incidentId, kind])).toEqual([
      [1, 'assigned'],
      [3, 'renamed'],
      [2, 'incidentOpened'],
    ]);
    expect(next).toBeNull();
  });

  it.each([
    ['kind', { kind: ['renamed'] }, [3]],
    ['actor', { actor: 'mira' }, [1]],
    ['origin', { origin: 2 }, [2]],
    ['alert', { alert: 'a1' }, []],
    ['hostile actor', { actor: "' or true --" }, []],
  ])('filters by %s', async (_name, query, expected) => {
    expect((await read(query)).items.map(({ incidentId }) => incidentId)).toEqual(expected);
  });

  it('pages', async () => {
    const first = await read({ limit: 2 });
    const rest = await read({ limit: 2, cursor: first.next });
    expect([...first.items, ...rest.items]).toEqual((await read()).items);
    expect(rest.next).toBeNull();
    await expect(read({ cursor: 'x' })).rejects.toMatchObject({ target: 'cursor' });
  });
});
