import { makeAlert } from '@throughline/model';
import { contentHash, type PendingAlert, pendingAlert } from '@throughline/store';
import { describe, expect, it } from 'vitest';
import { hashesOf, type KnownAlert, sortOut } from './sort-out.ts';

const version = (id: string, title: string, day: number): PendingAlert =>
  pendingAlert(
    'test',
    makeAlert({
      id,
      tenantId: 'default',
      providerAlertId: id,
      title,
      serviceSource: 's',
      detectorId: 'd',
      createdDateTime: '2026-01-01T00:00:00Z',
      lastUpdateDateTime: `2026-01-0${day}T00:00:00Z`,
    }),
  );

const cases: { name: string; before: PendingAlert[]; batch: PendingAlert[]; outcomes: string[]; latest: string[] }[] = [
  { name: 'a new alert', before: [], batch: [version('a', 'A', 1)], outcomes: ['stored'], latest: ['A'] },
  {
    name: 'the same again, touched later',
    before: [version('a', 'A', 1)],
    batch: [version('a', 'A', 2)],
    outcomes: ['unchanged'],
    latest: [],
  },
  {
    name: 'a newer version, then the first again',
    before: [version('a', 'A', 1)],
    batch: [version('a', 'B', 2), version('a', 'A', 1)],
    outcomes: ['updated', 'unchanged'],
    latest: ['B'],
  },
  {
    name: 'two versions of a new alert: one alert, the newer content',
    before: [],
    batch: [version('a', 'A', 1), version('a', 'B', 2)],
    outcomes: ['stored', 'updated'],
    latest: ['B'],
  },
  {
    name: 'a version of the same moment counts as newer',
    before: [version('a', 'A', 1)],
    batch: [version('a', 'B', 1)],
    outcomes: ['updated'],
    latest: ['B'],
  },
  { name: 'no id', before: [], batch: [version('', 'A', 1)], outcomes: ['refused'], latest: [] },
];

describe('sortOut', () => {
  it.each(cases)('$name', ({ before, batch: alerts, outcomes, latest }) => {
    const known = new Map<string, KnownAlert>(
      before.map(({ alert, text }) => [alert.id, { hash: contentHash(text), lastUpdate: alert.lastUpdateDateTime }]),
    );
    const batch = { id: 1, receivedAt: '', alerts };
    const sorted = sortOut(batch, hashesOf([batch]), known, new Map());
    expect(sorted.outcomes.map(({ outcome }) => outcome)).toEqual(outcomes);
    const results = [...sorted.fresh.map((fresh) => fresh.latest), ...sorted.updates.map(({ pending }) => pending)];
    expect(results.map(({ alert }) => alert.title)).toEqual(latest);
  });

  it('leaves out what is refused, with the reason', () => {
    const batch = { id: 1, receivedAt: '', alerts: [version('a', 'A', 1), version('b', 'B', 1)] };
    const refused = new Map([[batch.alerts[0] as PendingAlert, 'too odd']]);
    const sorted = sortOut(batch, hashesOf([batch]), new Map(), refused);
    expect(sorted.outcomes.map(({ outcome, detail }) => [outcome, detail])).toEqual([
      ['refused', 'too odd'],
      ['stored', null],
    ]);
    expect(sorted.fresh.length).toBe(1);
  });
});
