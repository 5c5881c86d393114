import { makeAlert } from '@throughline/model';
import { describe, expect, it } from 'vitest';
import { pendingAlert } from './batch-codec.ts';
import { FloodWatch } from './flood-watch.ts';
import { placeAlerts } from './place-alerts.ts';

const noon = Date.UTC(2026, 0, 5, 12);
const alert = (source: string, detectorId: string, time = noon) =>
  pendingAlert(source, makeAlert({ detectorId, createdDateTime: new Date(time).toISOString() } as never));
const place = (alerts: ReturnType<typeof alert>[], now: number, settleMs?: number, watch = new FloodWatch(1000)) =>
  placeAlerts('t', alerts, watch, now, settleMs === undefined ? undefined : { ms: settleMs, now }).map(
    ({ lane, dueAt, alerts: placed }) => [lane, dueAt === null ? null : dueAt - noon, placed.length],
  );

describe('placeAlerts', () => {
  it('keeps a request together, in the lane of its source', () => {
    expect(place([alert('graph', 'a'), alert('graph', 'b')], noon)).toEqual([['graph', null, 2]]);
    expect(place([alert('wazuh', 'a'), alert('graph', 'b')], noon)).toEqual([['graph wazuh', null, 2]]);
  });

  it('gives a detector that floods a lane of its own, and takes it back when it is quiet again', () => {
    const watch = new FloodWatch(10);
    const burst = Array.from({ length: 30 }, () => alert('graph', 'loud'));
    const first = place([...burst, alert('graph', 'quiet')], noon, undefined, watch);
    expect(first.map(([, , count]) => count)).toEqual([11, 20]);
    const [[, , ordinary], [lane]] = first as [[string, null, number], [string, null, number]];
    expect(ordinary).toBe(11);
    expect(lane).toMatch(/^graph [0-9a-f]{16}$/);
    expect(place([alert('graph', 'loud')], noon + 61_000, undefined, watch)).toEqual([[lane, null, 1]]);
    expect(place([alert('graph', 'loud')], noon + 200_000, undefined, watch)).toEqual([['graph', null, 1]]);
  });

  it.each([
    ['arrives at once', 0, 32_000],
    ['arrives within the time', 30_000, 32_000],
    ['arrives later', 31_001, null],
    ['arrives hours later', 7_200_000, null],
    ['was made ahead of our clock', -3_600_000, -3_600_000 + 32_000],
  ])('holds what %s', (_, delay, due) => {
    expect(place([alert('graph', 'a')], noon + delay, 30_000)).toEqual([['graph', due, 1]]);
  });
});
