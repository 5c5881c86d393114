import { IdentityIndex, makeAlert } from '@throughline/model';
import { describe, expect, it } from 'vitest';
import { observe } from './observation.ts';

const created = '2026-01-05T09:00:00.000Z';
const evidence = (type: string, fields: object) => ({
  '@odata.type': `#microsoft.graph.security.${type}`,
  createdDateTime: created,
  verdict: 'unknown' as const,
  remediationStatus: 'none' as const,
  roles: ['attacked'],
  ...fields,
});

const alert = (more: object = {}) =>
  makeAlert({
    id: 'a1',
    tenantId: 't',
    providerAlertId: 'p1',
    title: 'Odd program',
    serviceSource: 'edr',
    detectorId: 'rule-7',
    createdDateTime: created,
    evidence: [
      evidence('deviceEvidence', { deviceDnsName: 'fin-ws-07.corp.example', hostName: 'fin-ws-07' }),
      evidence('userEvidence', { userAccount: { accountName: 'mira', domainName: 'CORP' } }),
    ] as never,
    ...more,
  });

describe('observe', () => {
  it('reads what correlation needs, entities resolved', () => {
    const { observation, mentions } = observe(alert(), new IdentityIndex());
    expect(observation).toMatchObject({
      detector: 'edr/rule-7',
      time: Date.parse(created),
      active: true,
      optOut: false,
    });
    expect(observation.entities.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
      'device fin-ws-07.corp.example',
      'user mira',
    ]);
    expect(mentions.map(({ resolution }) => resolution.created)).toEqual([true, true]);
  });

  it('gives one entity for two mentions of one identity', () => {
    const identities = new IdentityIndex();
    const twice = alert({
      evidence: [
        evidence('deviceEvidence', { mdeDeviceId: 'm1', deviceDnsName: 'a.corp.example' }),
        evidence('deviceEvidence', { deviceDnsName: 'a.corp.example', roles: ['source'] }),
      ],
    });
    const { observation } = observe(twice, identities);
    expect(observation.entities).toHaveLength(1);
    expect(observation.entities[0]?.roles).toEqual(['attacked', 'source']);
  });

  it.each([
    ['a time that is none is the time of creation', { firstActivityDateTime: 'soon' }, { time: Date.parse(created) }],
    [
      'activity never ends before it starts',
      { lastActivityDateTime: '2020-01-01T00:00:00Z' },
      { lastTime: Date.parse(created) },
    ],
    ['a rule may ask to be left alone', { description: '#DONT_CORR# mine' }, { optOut: true }],
    ['a resolved alert is not active', { status: 'resolved' }, { active: false }],
    ['long texts are cut', { title: 'x'.repeat(5000) }, { title: 'x'.repeat(300) }],
  ])('%s', (_, change, expected) => {
    expect(observe(alert(change), new IdentityIndex()).observation).toMatchObject(expected);
  });
});
