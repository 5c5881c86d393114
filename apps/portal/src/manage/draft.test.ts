import type { IncidentDetail } from '@throughline/model';
import { expect, test } from 'vitest';
import { changeOf, determinationUnder, draftOf } from './draft.ts';
import { rowWith } from './row.fixture.ts';

const incident = rowWith({ severity: 'medium', customTags: ['vip'] }) as IncidentDetail;

test('an untouched form changes nothing', () => {
  expect(changeOf(incident, draftOf(incident))).toBeUndefined();
  expect(changeOf(incident, { ...draftOf(incident), displayName: '  ', comment: ' ' })).toBeUndefined();
});

test('only what differs is sent', () => {
  const draft = {
    ...draftOf(incident),
    displayName: ' FIN-WS-07 ',
    assignedTo: 'mira',
    customTags: ['vip', 'finance'],
  };
  expect(changeOf(incident, draft)).toEqual({
    displayName: 'FIN-WS-07',
    assignedTo: 'mira',
    customTags: ['vip', 'finance'],
  });
});

test('resolving brings its note and says what becomes of the open alerts', () => {
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
  expect(changeOf(incident, { ...draft, status: 'active' })).toBeUndefined();
});

test('a determination survives only under a classification that has it', () => {
  expect(determinationUnder('falsePositive', 'phishing')).toBe('notMalicious');
  expect(determinationUnder('falsePositive', 'other')).toBe('other');
});
