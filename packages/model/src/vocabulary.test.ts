import { describe, expect, test } from 'vitest';
import { classificationOf, determinationsOf, parseClassification, parseDetermination } from './classification.ts';
import { maxSeverity, memberOf, severities } from './enums.ts';
import { isEvidence, makeEvidence, readEvidence } from './evidence.ts';
import { parseTactic, tacticMask, tacticsOfMask } from './tactic.ts';

describe('classification and determination in both generations', () => {
  test.each([
    ['TruePositive', 'truePositive'],
    ['Informational, expected activity', 'informationalExpectedActivity'],
    [null, 'unknown'],
    ['Not set', 'unknown'],
    ['nonsense', null],
    ['__proto__', null],
  ])('%s', (text, value) => {
    expect(parseClassification(text)).toBe(value);
  });

  test.each([
    ['MultiStagedAttack', 'multiStagedAttack'],
    ['compromisedUser', 'compromisedAccount'],
    ['Clean', 'notMalicious'],
    ['NoEnoughDataToValidate', 'notEnoughDataToValidate'],
    ['NotAvailable', 'unknown'],
    ['Apt', 'apt'],
    ['constructor', null],
  ])('%s', (text, value) => {
    expect(parseDetermination(text)).toBe(value);
  });

  test('deprecated determinations are read, never offered', () => {
    expect(Object.values(determinationsOf).flat()).not.toContain('apt');
    expect(classificationOf('apt')).toBe('truePositive');
    expect(classificationOf('other')).toBeNull();
    expect(classificationOf('phishing')).toBe('truePositive');
  });
});

test.each([
  ['Lateral Movement', 'lateralMovement'],
  ['command-and-control', 'commandAndControl'],
  ['CredentialAccess', 'credentialAccess'],
  ['toString', null],
  [7, null],
])('tactic %s', (text, tactic) => {
  expect(parseTactic(text)).toBe(tactic);
});

test('a tactic mask keeps kill-chain order', () => {
  expect(tacticsOfMask(tacticMask(['impact', 'execution']))).toEqual(['execution', 'impact']);
});

test('severities compare, enum names are read in any case', () => {
  expect(maxSeverity('low', 'high')).toBe('high');
  expect(memberOf(severities, 'HIGH')).toBe('high');
  expect(memberOf(severities, 'severe')).toBeNull();
});

describe('evidence', () => {
  test('a documented subtype is checked, its extra fields are kept', () => {
    const read = readEvidence({
      '@odata.type': '#microsoft.graph.security.ipEvidence',
      ipAddress: '192.0.2.1',
      asn: 64500,
    });
    expect(read).toEqual({
      evidence: { '@odata.type': '#microsoft.graph.security.ipEvidence', ipAddress: '192.0.2.1', asn: 64500 },
    });
    expect(readEvidence({ '@odata.type': '#microsoft.graph.security.ipEvidence', ipAddress: 7 })).toHaveProperty(
      'problem',
    );
  });

  test('an unknown subtype is kept whole', () => {
    const future = { '@odata.type': '#microsoft.graph.security.quantumEvidence', spin: ['up'] };
    expect(readEvidence(future)).toEqual({ evidence: future });
    expect(readEvidence({ spin: 'up' })).toHaveProperty('problem');
    expect(readEvidence({ '@odata.type': '#microsoft.graph.security.__proto__' })).toHaveProperty('evidence');
  });

  test('made evidence leaves out what is not there', () => {
    const made = makeEvidence('urlEvidence', { url: 'http://a.example', verdict: null });
    expect(made).toEqual({ '@odata.type': '#microsoft.graph.security.urlEvidence', url: 'http://a.example' });
    expect(isEvidence(made, 'urlEvidence') && made.url).toBe('http://a.example');
  });
});
