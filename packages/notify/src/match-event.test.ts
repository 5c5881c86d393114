import type { ActionEvent, ReportEvent } from '@throughline/model';
import { expect, test } from 'vitest';
import type { MatchReason } from './match.ts';
import { type EventTerms, matchesAction, matchesReport } from './match-event.ts';

const terms: EventTerms = { enabled: true, stopped: false, deviceGroups: null, action: null, report: null };
const action: NonNullable<EventTerms['action']> = { sources: ['manual'], types: null, statuses: ['failed'] };
const done: ActionEvent = {
  source: 'manual',
  type: 'isolateDevice',
  status: 'failed',
  target: 'pc',
  deviceGroups: [1, 2],
  by: 'ada',
  incidentId: null,
  at: '2026-03-01T08:00:00.000Z',
};

const actions: [string, Partial<EventTerms>, Partial<ActionEvent>, MatchReason][] = [
  ['what fits', {}, {}, 'firstMatch'],
  ['off', { enabled: false }, {}, 'disabled'],
  ['stopped', { stopped: true }, {}, 'stopped'],
  ['of automation', {}, { source: 'automated' }, 'sourceNotChosen'],
  ['another action', { action: { ...action, types: ['runScan'] } }, {}, 'typeNotChosen'],
  ['a chosen action', { action: { ...action, types: ['runScan', 'isolateDevice'] } }, {}, 'firstMatch'],
  ['another device group', { deviceGroups: [3] }, {}, 'groupNotChosen'],
  ['a chosen device group', { deviceGroups: [2] }, {}, 'firstMatch'],
  ['no device, not chosen', { deviceGroups: [2] }, { deviceGroups: [-1] }, 'groupNotChosen'],
  ['another status', {}, { status: 'completed' }, 'statusNotChosen'],
  ['a rule of another kind', { action: null }, {}, 'sourceNotChosen'],
];
test.each(actions)('response action: %s', (_, change, changed, reason) => {
  const result = matchesAction({ ...terms, action, ...change }, { ...done, ...changed });
  expect(result).toEqual({ matched: reason === 'firstMatch', reason });
});

const report: NonNullable<EventTerms['report']> = { changes: 'all', types: null, tags: null };
const published: ReportEvent = {
  change: 'new',
  title: 'QR codes',
  type: 'technique',
  tags: ['Phishing'],
  summary: '',
  at: '2026-03-01T08:00:00.000Z',
};
const reports: [string, Partial<NonNullable<EventTerms['report']>>, Partial<ReportEvent>, MatchReason][] = [
  ['any', {}, {}, 'firstMatch'],
  ['new ones only, new', { changes: 'new' }, {}, 'firstMatch'],
  ['new ones only, updated', { changes: 'new' }, { change: 'updated' }, 'changeNotChosen'],
  ['updated ones only, new', { changes: 'updated' }, {}, 'changeNotChosen'],
  ['another type', { types: ['tool'] }, {}, 'typeNotChosen'],
  ['a tag, whatever its case', { tags: ['PHISHING'] }, {}, 'firstMatch'],
  ['another tag', { tags: ['ransomware'] }, {}, 'tagNotChosen'],
  ['no tags at all', { tags: ['phishing'] }, { tags: [] }, 'tagNotChosen'],
];
test.each(reports)('threat report: %s', (_, change, changed, reason) => {
  const result = matchesReport({ ...terms, report: { ...report, ...change } }, { ...published, ...changed });
  expect(result).toEqual({ matched: reason === 'firstMatch', reason });
});
