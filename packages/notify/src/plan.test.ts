import { describe, expect, test } from 'vitest';
import { type Occurrence, type Plan, plan, type Thread } from './plan.ts';
import type { Rule } from './rule.ts';

const minute = 60_000;
const start = Date.parse('2026-02-01T08:00:00Z');
const ada = { channel: 'mail', target: 'ada@example.com', since: '2026-01-01T00:00:00Z' } as const;
const rule: Rule = {
  id: 1,
  name: 'High',
  enabled: true,
  stopped: false,
  sources: null,
  deviceGroups: null,
  severities: ['high'],
  firstOnly: false,
  includeOrganization: false,
  includeLink: true,
  quietMinutes: 30,
  recipients: [ada],
};
let alerts = 0;
function alertIn(incidentId: number, change: Partial<Occurrence> & { severity?: 'low' | 'high' } = {}): Occurrence {
  const { severity = 'high', ...rest } = change;
  alerts++;
  return {
    incidentId,
    background: false,
    incidentCreated: '2026-02-01T07:59:00Z',
    alert: {
      id: `a${alerts}`,
      title: `Alert ${alerts}`,
      at: '2026-02-01T07:58:00Z',
      severity,
      serviceSource: 's',
      detectionSource: 'd',
      groups: [-1],
    },
    merges: [],
    ...rest,
  };
}
const summary = ({ notices, additions, dropped, endedThreads }: Plan) => ({
  notices: notices.map(({ rootId, window, incidentId, event, alertCount, due }) => [
    event,
    `${rootId}/${window}`,
    incidentId,
    alertCount,
    (due - start) / minute,
  ]),
  additions: additions.map(({ rootId, window, event, alertCount }) => [event, `${rootId}/${window}`, alertCount]),
  dropped: dropped.map(({ rootId, window }) => `${rootId}/${window}`),
  ended: endedThreads.map(({ incidentId }) => incidentId),
});
const nothing = { notices: [], additions: [], dropped: [], ended: [] };
const told = (incidentId: number, change: Partial<Thread> = {}): Thread => ({
  ruleId: 1,
  incidentId,
  rootId: incidentId,
  window: 0,
  quietUntil: start + 30 * minute,
  open: false,
  ...change,
});

describe('messages come into being and grow', () => {
  test('the first alert tells at once, those after it in the same stretch join', () => {
    const made = plan([rule], [], [alertIn(7), alertIn(7), alertIn(8)], start);
    expect(summary(made)).toEqual({
      ...nothing,
      notices: [
        ['created', '7/0', 7, 2, 0],
        ['created', '8/0', 8, 1, 0],
      ],
    });
    expect(made.threads).toEqual([told(7, { open: true }), told(8, { open: true })]);
  });

  test('an update within the quiet period waits for its end', () => {
    const made = plan([rule], [told(7)], [alertIn(7)], start + 10 * minute);
    expect(summary(made).notices).toEqual([['updated', '7/1', 7, 1, 30]]);
    expect(made.threads).toEqual([told(7, { window: 1, quietUntil: start + 60 * minute, open: true })]);
  });

  test('further updates join the message that waits', () => {
    const made = plan([rule], [told(7, { window: 1, open: true })], [alertIn(7), alertIn(7)], start + 11 * minute);
    expect(summary(made)).toEqual({ ...nothing, additions: [['updated', '7/1', 2]] });
    expect(made.threads).toEqual([]);
  });

  test('after the quiet period an update goes at once', () => {
    expect(summary(plan([rule], [told(7)], [alertIn(7)], start + 90 * minute)).notices).toEqual([
      ['updated', '7/1', 7, 1, 90],
    ]);
  });

  test('without a quiet period every stretch is a message', () => {
    const eager = { ...rule, quietMinutes: 0 };
    const first = plan([eager], [], [alertIn(7)], start);
    const [thread] = first.threads;
    const second = plan([eager], [{ ...(thread as Thread), open: false }], [alertIn(7)], start);
    expect(summary(second).notices).toEqual([['updated', '7/1', 7, 1, 0]]);
  });

  test('only the first 20 alerts are listed, all are counted', () => {
    const [notice] = plan(
      [rule],
      [],
      Array.from({ length: 50 }, () => alertIn(7)),
      start,
    ).notices;
    expect([notice?.alerts.length, notice?.alertCount]).toEqual([20, 50]);
  });
});

describe('rules stay silent', () => {
  test.each<[string, Rule, readonly Thread[], Occurrence]>([
    ['when no alert fits', rule, [], alertIn(7, { severity: 'low' })],
    ['about background', rule, [], alertIn(7, { background: true })],
    ['when switched off', { ...rule, enabled: false }, [], alertIn(7)],
    ['on a second alert when the first is enough', { ...rule, firstOnly: true }, [told(7)], alertIn(7)],
    [
      'to people who joined after the incident began',
      { ...rule, recipients: [{ ...ada, since: '2026-02-01T07:59:30Z' }] },
      [],
      alertIn(7),
    ],
  ])('%s', (_, silent, threads, occurrence) => {
    expect(summary(plan([silent], threads, [occurrence], start))).toEqual(nothing);
  });
});

describe('merges', () => {
  const merge = { merges: [{ from: 7, into: 8 }] };

  test('hand the thread on: what follows answers the first mail', () => {
    const made = plan([rule], [told(7)], [alertIn(8, merge)], start);
    expect(summary(made)).toEqual({ ...nothing, notices: [['merged', '7/1', 8, 1, 30]], ended: [7] });
    expect(made.notices[0]?.mergedFrom).toEqual([7]);
    expect(made.threads).toEqual([told(8, { rootId: 7, window: 1, quietUntil: start + 60 * minute, open: true })]);
  });

  test('tell even when the alert that caused it does not fit', () => {
    const made = plan([rule], [told(8)], [alertIn(8, { ...merge, severity: 'low' })], start);
    expect(summary(made).notices).toEqual([['merged', '8/1', 8, 0, 30]]);
  });

  test('of two told incidents leave one thread, which says what the other had to say', () => {
    const threads = [told(7, { window: 2, open: true }), told(8)];
    const made = plan([rule], threads, [alertIn(8, merge)], start);
    expect(summary(made)).toEqual({ ...nothing, notices: [['merged', '8/1', 8, 1, 30]], dropped: ['7/2'], ended: [7] });
  });

  test('never drop a first message that waits', () => {
    const threads = [told(7, { open: true }), told(8)];
    expect(summary(plan([rule], threads, [alertIn(8, merge)], start)).dropped).toEqual([]);
  });

  test('do not make a first-only rule speak again', () => {
    const once = { ...rule, firstOnly: true };
    const made = plan([once], [told(7)], [alertIn(8, merge), alertIn(8)], start);
    expect(summary(made)).toEqual({ ...nothing, ended: [7] });
    expect(made.threads).toEqual([told(8, { rootId: 7 })]);
  });

  test('are followed while a rule is switched off', () => {
    const off = { ...rule, enabled: false };
    expect(plan([off], [told(7)], [alertIn(8, merge)], start).threads).toEqual([told(8, { rootId: 7 })]);
  });

  test('of strangers mean nothing to a rule', () => {
    expect(summary(plan([rule], [], [alertIn(8, { ...merge, severity: 'low' })], start))).toEqual(nothing);
  });

  test('within one stretch: created, merged, updated are one message', () => {
    const made = plan([rule], [], [alertIn(7), alertIn(8, merge), alertIn(8)], start);
    expect(summary(made).notices).toEqual([['created', '7/0', 8, 3, 0]]);
  });
});
