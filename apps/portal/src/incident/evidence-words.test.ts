import { expect, test } from 'vitest';
import { factsOfEvidence, verdictOf, words } from './evidence-words.ts';

test('evidence becomes facts, nothing left out', () => {
  const { kind, commandLine, facts } = factsOfEvidence({
    '@odata.type': '#microsoft.graph.security.processEvidence',
    verdict: 'malicious',
    remediationStatus: 'blocked',
    processId: 42,
    processCommandLine: 'rundll32 a.dll,Start',
    imageFile: { fileName: 'rundll32.exe', sha1: null },
    parentProcessImageFile: { fileName: 'winword.exe' },
    userAccount: { accountName: 'mira' },
    tags: [],
    unknownThing: { deep: { deeper: { deepest: [1, { x: 1 }] } } },
  });
  expect(kind).toBe('Process');
  expect(commandLine).toBe('rundll32 a.dll,Start');
  expect(facts).toEqual([
    { key: 'Process id', value: '42' },
    { key: 'File name', value: 'rundll32.exe' },
    { key: 'Parent process image file file name', value: 'winword.exe' },
    { key: 'Account name', value: 'mira' },
    { key: 'Unknown thing deep deeper deepest', value: '[1,{"x":1}]' },
    { key: 'Remediation', value: 'Blocked' },
  ]);
});

test('words and verdicts', () => {
  expect(words('#microsoft.graph.security.analyzedMessageEvidence')).toBe('Analyzed message');
  expect(verdictOf({ '@odata.type': 'x', verdict: 'new in 2030' })).toBe('unknown');
});
