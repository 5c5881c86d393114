import type { Evidence } from '@throughline/model';
import { expect, test } from 'vitest';
import { deviceFactsOf } from './device-facts.ts';

const evidence = (type: string, fields: object) =>
  ({ '@odata.type': `#microsoft.graph.security.${type}`, ...fields }) as unknown as Evidence;

test('a device tells its names, domains, tags and operating system', () => {
  expect(
    deviceFactsOf(
      evidence('deviceEvidence', {
        deviceDnsName: 'FIN-WS-07.corp.example.com',
        hostName: 'FIN-WS-07',
        ntDomain: 'CORP',
        osPlatform: 'Windows11',
        tags: ['VIP', ' Finance '],
      }),
    ),
  ).toEqual({
    names: ['fin-ws-07.corp.example.com', 'fin-ws-07'],
    domains: ['corp', 'corp.example.com'],
    tags: ['vip', 'finance'],
    osPlatforms: ['windows11'],
  });
});

test('so does one of another kind', () => {
  const camera = evidence('ioTDeviceEvidence', { deviceName: 'cam-3.lab', operatingSystem: 'Linux' });
  expect(deviceFactsOf(camera)).toEqual({ names: ['cam-3.lab'], domains: ['lab'], tags: [], osPlatforms: ['linux'] });
});

test('what is no device tells nothing', () => {
  expect(deviceFactsOf(evidence('ipEvidence', { ipAddress: '10.0.0.1' }))).toBeNull();
  expect(deviceFactsOf(undefined)).toBeNull();
});

test('hostile values are cut or left out', () => {
  const facts = deviceFactsOf(
    evidence('deviceEvidence', {
      deviceDnsName: 'x'.repeat(10_000_000),
      hostName: { toString: 'a' },
      osPlatform: 7,
      tags: [null, {}, '', ...Array.from({ length: 1000 }, (_, i) => `tag ${i}`)],
    }),
  );
  expect(facts?.names).toEqual(['x'.repeat(300)]);
  expect(facts?.osPlatforms).toEqual([]);
  expect(facts?.tags).toHaveLength(50);
  expect(deviceFactsOf(evidence('deviceEvidence', { tags: 'VIP' }))?.tags).toEqual([]);
});
