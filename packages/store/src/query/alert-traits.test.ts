import { makeEvidence } from '@throughline/model';
import { expect, it } from 'vitest';
import { traitsOf } from './alert-traits.ts';

it('reads policy and operating systems, each once and bounded', () => {
  const device = makeEvidence('deviceEvidence', { osPlatform: 'Linux', rbacGroupName: 'Servers' });
  const traits = traitsOf({
    alertPolicyId: '🦊'.repeat(300),
    evidence: [device, device, makeEvidence('ioTDeviceEvidence', { operatingSystem: 'RTOS\0' })],
  });
  expect(traits).toEqual([`policy:${'🦊'.repeat(200)}`, 'os:Linux', 'os:RTOS']);
  const many = Array.from({ length: 500 }, (_, i) =>
    makeEvidence('deviceEvidence', { osPlatform: `${i} 🦊`.repeat(99) }),
  );
  const kept = traitsOf({ alertPolicyId: null, evidence: many });
  expect(kept.length).toBeGreaterThan(1);
  expect(Buffer.byteLength(kept.join(''))).toBeLessThan(1600);
});
