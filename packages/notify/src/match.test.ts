import { expect, test } from 'vitest';
import { type AlertEvent, type MatchReason, matches } from './match.ts';
import type { Rule } from './rule.ts';

const rule: Pick<Rule, 'enabled' | 'sources' | 'severities' | 'firstOnly'> = {
  enabled: true,
  sources: null,
  severities: ['medium', 'high'],
  firstOnly: false,
};
const alert = { severity: 'high', serviceSource: 'suricata', detectionSource: 'ids' } as const;
const event: AlertEvent = { alert, background: false, toldBefore: false };
const chosen = (severities: Rule['severities'] | null, detectionSource: string | null = null) => ({
  sources: [{ serviceSource: 'suricata', detectionSource, severities: severities === null ? null : [...severities] }],
});

const table: [string, Partial<Rule>, Partial<AlertEvent>, MatchReason][] = [
  ['all sources', {}, {}, 'firstMatch'],
  ['a further alert', {}, { toldBefore: true }, 'newAlert'],
  ['first only, told before', { firstOnly: true }, { toldBefore: true }, 'toldBefore'],
  ['first only, not told', { firstOnly: true }, {}, 'firstMatch'],
  ['switched off', { enabled: false }, {}, 'disabled'],
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
    matched: reason === 'firstMatch' || reason === 'newAlert',
    reason,
  });
});
