import { Correlator, defaultConfig, nameIncident, observe } from '@throughline/correlate';
import { IdentityIndex, makeAlert, makeEvidence } from '@throughline/model';
import { expect, test } from 'vitest';
import { FactsCache } from './facts-cache.ts';
import { foldIncidents } from './fold-incidents.ts';

/** An alert on one file that names a user in the way given. */
function alertBy(id: string, userAccount: Record<string, string>) {
  return makeAlert({
    id,
    tenantId: 'default',
    providerAlertId: id,
    title: `Alert ${id}`,
    severity: 'high',
    serviceSource: 'edr',
    detectorId: id,
    createdDateTime: '2026-01-01T00:00:00Z',
    evidence: [
      makeEvidence('fileEvidence', { fileDetails: { sha256: 'a1'.repeat(32), fileName: 'x.exe' } }),
      makeEvidence('userEvidence', { userAccount }),
    ],
  });
}

test('an asset that went by two names counts once, also when that is learned afterwards', () => {
  const identities = new IdentityIndex();
  const correlator = new Correlator(defaultConfig);
  const facts = new FactsCache(10);
  const made = [
    alertBy('a', { userSid: 'S-1-5-21-1-2-3-1104' }),
    alertBy('b', { userPrincipalName: 'mira@example.com' }),
    alertBy('c', { userSid: 'S-1-5-21-1-2-3-1104', userPrincipalName: 'mira@example.com' }),
  ].map((alert) => {
    const { observation } = observe(alert, identities);
    return { observation, decision: correlator.decide(observation) };
  });
  const { changes } = foldIncidents(made, facts, (id) => identities.find(id));
  expect(new Set(made.map(({ decision }) => decision.incidentId)).size).toBe(1);
  const folded = facts.get(changes[0]?.id ?? 0);
  expect(folded?.assets.filter(({ kind }) => kind === 'user')).toHaveLength(1);
  expect(folded && nameIncident(folded)).not.toMatch(/users/);
});
