import type { IncidentRow } from '@throughline/model';
import { expect, test } from 'vitest';
import { changeOf, draftOf, reclassify, undoOf } from './manage-draft.ts';

const incident = {
  id: 7,
  displayName: 'Credential theft',
  nameLocked: false,
  severity: 'medium',
  status: 'active',
  classification: 'unknown',
  determination: 'unknown',
  assignedTo: null,
  customTags: ['vip'],
} as unknown as IncidentRow;

test('an untouched form changes nothing', () => {
  expect(changeOf(incident, draftOf(incident))).toBeNull();
  expect(changeOf(incident, { ...draftOf(incident), displayName: '  ', comment: ' ' })).toBeNull();
});

test('only what differs is sent, and can be taken back', () => {
  const draft = { ...draftOf(incident), displayName: 'FIN-WS-07', assignedTo: 'mira', customTags: ['vip', 'finance'] };
  const change = changeOf(incident, draft);
  expect(change).toEqual({ displayName: 'FIN-WS-07', assignedTo: 'mira', customTags: ['vip', 'finance'] });
  expect(undoOf(incident, change ?? {})).toEqual({ unlockName: true, assignedTo: null, customTags: ['vip'] });
});

test('resolving brings its note; keeping alerts open is said', () => {
  const draft = {
    ...draftOf(incident),
    status: 'resolved' as const,
    resolvingComment: 'contained',
    resolveAlerts: false,
  };
  expect(changeOf(incident, draft)).toEqual({
    status: 'resolved',
    resolvingComment: 'contained',
    resolveAlerts: false,
  });
  expect(changeOf(incident, { ...draft, status: 'active' })).toBeNull();
});

test('a determination survives only under a classification that has it', () => {
  const phishing = {
    ...draftOf(incident),
    classification: 'truePositive' as const,
    determination: 'phishing' as const,
  };
  expect(reclassify(phishing, 'falsePositive').determination).toBe('notMalicious');
  expect(reclassify({ ...phishing, determination: 'other' }, 'falsePositive').determination).toBe('other');
});

test('a comment cannot be taken back', () => {
  expect(undoOf(incident, { comment: 'seen' })).toBeNull();
});
