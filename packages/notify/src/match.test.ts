import { expect, test } from 'vitest';
import { type AlertEvent, type MatchReason, matches } from './match.ts';
import type { Rule } from './rule.ts';

const rule: Pick<Rule, 'enabled' | 'stopped' | 'sources' | 'deviceGroups' | 'severities' | 'firstOnly'> = {
  enabled: true,
  stopped: false,
  sources: null,
  deviceGroups: null,
  severities: ['medium', 'high'],
  firstOnly: false,
};
const alert = { severity: 'high', serviceSource: 'suricata', detectionSource: 'ids', groups: [1, 2] } as const;
const event: AlertEvent = { alert, background: false, toldBefore: false, raised: false };
const chosen = (severities: Rule['severities'] | null, detectionSource: string | null = null) => ({
  sources: [{ serviceSource: 'suricata', detectionSource, severities: severities === null ? null : [...severities] }],
});

const table: [string, Partial<Rule>, Partial<AlertEvent>, MatchReason][] = [
  ['all sources', {}, {}, 'firstMatch'],
  ['a further alert', {}, { toldBefore: true }, 'newAlert'],
  ['first only, told before', { firstOnly: true }, { toldBefore: true }, 'toldBefore'],
  ['first only, not told', { firstOnly: true }, {}, 'firstMatch'],
  ['switched off', { enabled: false }, {}, 'disabled'],
  ['a rule beyond its author', { stopped: true }, {}, 'stopped'],
  ['a chosen device group', { deviceGroups: [2, 3] }, {}, 'firstMatch'],
  ['a device group that is not chosen', { deviceGroups: [3, -1] }, {}, 'groupNotChosen'],
  ['no device, chosen', { deviceGroups: [-1] }, { alert: { ...alert, groups: [-1] } }, 'firstMatch'],
  ['a raised severity, told before', {}, { toldBefore: true, raised: true }, 'severityRaised'],
  ['a raised severity, not told', {}, { raised: true }, 'firstMatch'],
  ['background', {}, { background: true }, 'background'],
  ['a lower severity', {}, { alert: { ...alert, severity: 'low' } }, 'severityNotChosen'],
  ['a chosen source', chosen(null), {}, 'firstMatch'],
  ['a source that is not chosen', chosen(null), { alert: { ...alert, serviceSource: 'wazuh' } }, 'sourceNotChosen'],
  ['a detection source that is not chosen', chosen(null, 'other'), {}, 'sourceNotChosen'],
  ['a chosen detection source', chosen(null, 'ids'), {}, 'firstMatch'],
  ['the source’s own severities outdo the rule’s', chosen(['low']), {}, 'severityNotChosen'],
  ['the source’s own severities, fitting', chosen(['low']), { alert: { ...alert, severity: 'low' } }, 'firstMatch'],
  [
    'a source named as a prototype key',
    chosen(null),
    { alert: { ...alert, serviceSource: '__proto__' } },
    'sourceNotChosen',
  ],
];

test.each(table)('%s', (_, change, changed, reason) => {
  expect(matches({ ...rule, ...change }, { ...event, ...changed })).toEqual({
    matched: ['firstMatch', 'newAlert', 'severityRaised'].includes(reason),
    reason,
  });
});
