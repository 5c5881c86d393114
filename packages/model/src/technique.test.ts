import { describe, expect, it } from 'vitest';
import { attackNotice, attackVersion, currentTechnique, tacticsOfTechnique, techniqueName } from './technique.ts';
import table from './technique-table.json' with { type: 'json' };

describe('ATT&CK techniques', () => {
  it.each([
    ['T1003.001', ['credentialAccess'], 'OS Credential Dumping: LSASS Memory'],
    ['t1078', ['initialAccess', 'persistence', 'privilegeEscalation', 'defenseEvasion'], 'Valid Accounts'],
    ['T1053.005', ['execution', 'persistence', 'privilegeEscalation'], 'Scheduled Task/Job: Scheduled Task'],
    ['T1021.999', ['lateralMovement'], 'Remote Services'],
    ['T9999', [], null],
    ['', [], null],
    ['__proto__', [], null],
  ])('%s', (id, tactics, name) => {
    expect(tacticsOfTechnique(id)).toEqual(tactics);
    expect(techniqueName(id)).toBe(name);
  });

  it('leads from a revoked id to a technique that exists', () => {
    expect(currentTechnique('T1086')).toBe('T1059.001');
    for (const id of Object.keys(table.revokedBy)) expect(techniqueName(id)).not.toBeNull();
  });

  it('gives every technique a tactic and carries the notice', () => {
    for (const id of Object.keys(table.techniques)) expect(tacticsOfTechnique(id), id).not.toEqual([]);
    expect(attackNotice).toMatch(/^© 2025 The MITRE Corporation/);
    expect(attackVersion).toMatch(/^\d+\.\d+$/);
  });
});
