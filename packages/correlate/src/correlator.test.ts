import { forbids } from '@throughline/model';
import { describe, expect, it } from 'vitest';
import type { CorrelationConfig } from './config.ts';
import { Correlator } from './correlator.ts';
import { defaultConfig } from './default-config.ts';
import type { Standing } from './incident-table.ts';
import type { Observation } from './observation.ts';
import { type Rearrangement, remembered } from './rearrangement.ts';
import { day, hour, minute, observation } from './testing/make-observation.ts';

const open: Standing = { status: 'active', assignedTo: null, classification: 'unknown', determination: 'unknown' };

/** A correlator that has watched quiet assets for ten days, each with one ordinary alert a day. */
function seasoned(config: CorrelationConfig = defaultConfig): Correlator {
  const correlator = new Correlator(config);
  for (let at = 0; at < 10; at++)
    for (const [n, device] of ['a', 'b', 'c', 'd', 'e'].entries())
      correlator.decide(observation(at * day + (7 + n) * hour, 'ordinary', [`device:${device}`]));
  return correlator;
}

const now = 10 * day;
const on = (at: number, detector: string, entities: string[], more: Partial<Observation> = {}) =>
  observation(now + at, detector, entities, more);

const nothing: Rearrangement = { moves: [], redirects: [], incidents: [], postings: [], apart: [], together: [] };

describe('Correlator', () => {
  it('opens, and joins what is unusual on the same asset', () => {
    const correlator = seasoned();
    const first = correlator.decide(on(0, 'odd-1', ['device:a']));
    const second = correlator.decide(on(5 * minute, 'odd-2', ['device:a']));
    const elsewhere = correlator.decide(on(6 * minute, 'odd-3', ['device:b']));
    expect(first.kind).toBe('opened');
    expect(second).toMatchObject({ kind: 'joined', incidentId: first.incidentId });
    expect(second.terms[0]).toMatchObject({ signal: 'sharedAsset', entity: { name: 'a' }, ageMs: 5 * minute });
    expect(elsewhere.kind).toBe('opened');
  });

  it('puts what fires all the time into one quiet group per detector, asset and watch', () => {
    const correlator = new Correlator(defaultConfig);
    const noisy = (at: number) => correlator.decide(observation(at, 'noise', ['device:a', 'user:u']));
    for (let at = 0; at < 3 * day; at += hour) noisy(at);
    const watch = [3 * day, 3 * day + hour, 3 * day + 7 * hour].map(noisy);
    const next = noisy(3 * day + 9 * hour);
    expect(new Set(watch.map((d) => d.incidentId)).size).toBe(1);
    expect(watch.map((d) => d.kind)).toEqual(['background', 'background', 'background']);
    expect(next.incidentId).not.toBe(watch[0]?.incidentId);
    const odd = correlator.decide(observation(4 * day + minute, 'odd', ['device:a']));
    expect(odd.kind).toBe('opened');
  });

  it('follows a file across assets, but not a program that everyone runs', () => {
    const correlator = seasoned();
    const first = correlator.decide(on(0, 'odd-1', ['device:a', 'file:sha-loader']));
    const far = correlator.decide(on(9 * hour, 'odd-2', ['device:b', 'file:sha-loader']));
    correlator.decide(on(day, 'odd-3', ['device:c', 'file:powershell.exe']));
    const common = correlator.decide(on(day + minute, 'odd-4', ['device:d', 'file:powershell.exe']));
    expect(far).toMatchObject({ kind: 'joined', incidentId: first.incidentId });
    expect(common.kind).toBe('opened');
  });

  it('sees the assets of an alert that names a hundred things before them', () => {
    const correlator = seasoned();
    const urls = Array.from({ length: 100 }, (_, n) => `url:http://u${n}`);
    const first = correlator.decide(on(0, 'odd-1', [...urls, 'device:a']));
    const second = correlator.decide(on(minute, 'odd-2', ['device:a']));
    expect(second.incidentId).toBe(first.incidentId);
  });

  it('does not link through a hub', () => {
    const correlator = seasoned();
    for (let n = 0; n < 200; n++) {
      const entities = [`device:host-${n % 40}`, 'user:shared-admin', 'ip:10.0.0.9'];
      correlator.decide(observation(9 * day + n * 7 * minute, `job-${n % 7}`, entities));
    }
    const first = correlator.decide(on(2 * hour, 'odd-1', ['device:a', 'user:shared-admin']));
    const second = correlator.decide(on(2 * hour + minute, 'odd-2', ['device:b', 'user:shared-admin']));
    expect(second.incidentId).not.toBe(first.incidentId);
  });

  it('joins a sweep: one detector on several silent assets at the same moment', () => {
    const correlator = seasoned();
    const swept = ['a', 'b', 'c'].map((device, n) => correlator.decide(on(n * 500, 'scan', [`device:${device}`])));
    const later = correlator.decide(on(20 * minute, 'scan', ['device:d']));
    expect(new Set(swept.map((d) => d.incidentId)).size).toBe(1);
    expect(swept[1]?.terms[0]?.signal).toBe('affinity');
    expect(later.incidentId).not.toBe(swept[0]?.incidentId);
  });

  it('merges two incidents when an alert links both, and redirects for ever', () => {
    const correlator = seasoned();
    const a = correlator.decide(on(0, 'odd-1', ['device:a']));
    const b = correlator.decide(on(minute, 'odd-2', ['device:b']));
    const both = correlator.decide(on(2 * minute, 'odd-3', ['device:a', 'device:b']));
    expect(both.merges).toMatchObject([{ from: b.incidentId, into: a.incidentId }]);
    expect(both.incidentId).toBe(a.incidentId);
    expect(correlator.find(b.incidentId)).toBe(a.incidentId);
    expect(correlator.stats.redirects).toBe(1);
    correlator.setStanding(b.incidentId, { ...open, status: 'redirected' });
    expect(correlator.decide(on(3 * minute, 'odd-4', ['device:b'])).incidentId).toBe(a.incidentId);
  });

  it('never merges for nearness in time alone', () => {
    const correlator = seasoned();
    const ids = ['a', 'b', 'c', 'd'].flatMap((device, n) =>
      Array.from({ length: 5 }, (_, k) =>
        correlator.decide(on(n * 20_000 + k * minute, `odd-${n}-${k}`, [`device:${device}`])),
      ),
    );
    expect(new Set(ids.map((d) => correlator.find(d.incidentId))).size).toBe(4);
  });

  it('knows a re-delivered alert', () => {
    const correlator = seasoned();
    const alert = on(0, 'odd-1', ['device:a']);
    const first = correlator.decide(alert);
    const before = correlator.stateHash();
    expect(correlator.decide(alert)).toMatchObject({ incidentId: first.incidentId, terms: [], merges: [] });
    expect(correlator.stateHash()).toBe(before);
  });

  it('continues a full incident in a linked successor and drops nothing', () => {
    const correlator = seasoned({ ...defaultConfig, maxAlerts: 10 });
    const decisions = Array.from({ length: 25 }, (_, n) => correlator.decide(on(n * minute, `odd-${n}`, ['device:a'])));
    const ids = [...new Set(decisions.map((d) => d.incidentId))];
    expect(ids).toHaveLength(3);
    expect(decisions[10]).toMatchObject({ kind: 'continued', continues: ids[0] });
    expect(decisions[10]?.refusals[0]?.reason).toBe('full');
    expect(decisions[11]).toMatchObject({ kind: 'joined', incidentId: ids[1], continues: null });
    expect(decisions.filter((d) => d.kind === 'continued')).toHaveLength(2);
  });

  it('links through an entity under its new identity after a join of identities', () => {
    const correlator = seasoned();
    const first = correlator.decide(on(0, 'odd-1', ['user:old-name']));
    correlator.absorb('user old-name', 'user new-name');
    const second = correlator.decide(on(minute, 'odd-2', ['user:new-name']));
    const third = correlator.decide(on(2 * minute, 'odd-3', ['user:old-name']));
    expect([second.incidentId, third.incidentId]).toEqual([first.incidentId, first.incidentId]);
  });

  it('joins the history of two identities that both have one', () => {
    const correlator = seasoned();
    correlator.absorb('device a', 'device b');
    const first = correlator.decide(on(0, 'odd-1', ['device:a']));
    const second = correlator.decide(on(minute, 'odd-2', ['device:b']));
    expect(second.incidentId).toBe(first.incidentId);
  });

  it('stays within its memory and says what it let go', () => {
    const limits = { ...defaultConfig.limits, entities: 50, incidents: 20, alerts: 100 };
    const correlator = new Correlator({ ...defaultConfig, limits });
    for (let n = 0; n < 500; n++)
      correlator.decide(observation(n * minute, `d-${n % 9}`, [`device:${n}`, `user:${n}`]));
    const { stats } = correlator;
    expect(stats.entities).toBeLessThanOrEqual(50);
    expect(stats.incidents).toBeLessThanOrEqual(20);
    expect(stats.alerts).toBeLessThanOrEqual(100);
    expect(stats.entities + stats.evictedEntities).toBe(1000);
    expect(stats.evictedIncidents).toBeGreaterThan(400);
  });

  it.each<[string, Standing, boolean]>([
    ['a resolved incident takes no alert', { ...open, status: 'resolved' }, false],
    ['an owned incident takes alerts', { ...open, status: 'inProgress', assignedTo: 'ana' }, true],
    ['a judged incident takes alerts', { ...open, classification: 'truePositive', determination: 'malware' }, true],
  ])('%s', (_, standing, joins) => {
    const correlator = seasoned();
    const first = correlator.decide(on(0, 'odd-1', ['device:a']));
    correlator.setStanding(first.incidentId, standing);
    const next = correlator.decide(on(minute, 'odd-2', ['device:a']));
    expect(next.incidentId === first.incidentId).toBe(joins);
    expect(next.refusals.map((r) => r.reason).filter(forbids)).toEqual(joins ? [] : ['resolved']);
  });

  it.each<[string, Partial<CorrelationConfig>, (c: Correlator, a: number, b: number) => void]>([
    [
      'differentOwner',
      {},
      (c, a, b) => {
        c.setStanding(a, { ...open, assignedTo: 'ana' });
        c.setStanding(b, { ...open, assignedTo: 'ben' });
      },
    ],
    [
      'differentClassification',
      {},
      (c, a, b) => {
        c.setStanding(a, { ...open, classification: 'truePositive' });
        c.setStanding(b, { ...open, classification: 'falsePositive' });
      },
    ],
    [
      'differentClassification',
      {},
      (c, a, b) => {
        c.setStanding(a, { ...open, classification: 'truePositive', determination: 'malware' });
        c.setStanding(b, { ...open, classification: 'truePositive', determination: 'phishing' });
      },
    ],
    ['resolved', {}, (c, _, b) => c.setStanding(b, { ...open, status: 'resolved' })],
    ['mustNotLink', {}, (c, a, b) => c.rearrange({ ...nothing, apart: [[b, a]] })],
    ['tooManyEntities', { maxAssets: 1 }, () => {}],
    ['full', { maxAlerts: 2 }, () => {}],
  ])('refuses to merge: %s', (reason, config, prepare) => {
    const correlator = seasoned({ ...defaultConfig, ...config });
    const a = correlator.decide(on(0, 'odd-1', ['device:a']));
    const b = correlator.decide(on(minute, 'odd-2', ['device:b']));
    prepare(correlator, a.incidentId, b.incidentId);
    const both = correlator.decide(on(2 * minute, 'odd-3', ['device:a', 'device:b']));
    expect(both.merges).toEqual([]);
    expect(both.refusals.map((r) => r.reason)).toEqual([reason]);
  });

  it('merges when owner and verdict agree or are open, into the one people work on', () => {
    const correlator = seasoned();
    const a = correlator.decide(on(0, 'odd-1', ['device:a']));
    const b = correlator.decide(on(minute, 'odd-2', ['device:b']));
    correlator.setStanding(b.incidentId, { ...open, assignedTo: 'ben', classification: 'truePositive' });
    const both = correlator.decide(on(2 * minute, 'odd-3', ['device:a', 'device:b']));
    expect(both.merges).toMatchObject([{ from: a.incidentId, into: b.incidentId }]);
  });

  it('keeps device groups apart only when told to', () => {
    for (const restrictToDeviceGroups of [false, true]) {
      const correlator = seasoned({ ...defaultConfig, restrictToDeviceGroups });
      const first = correlator.decide(on(0, 'odd-1', ['device:a'], { deviceGroup: 'shops' }));
      const next = correlator.decide(on(minute, 'odd-2', ['device:a'], { deviceGroup: 'offices' }));
      expect(next.incidentId === first.incidentId).toBe(!restrictToDeviceGroups);
      expect(next.refusals.map((r) => r.reason).filter(forbids)).toEqual(restrictToDeviceGroups ? ['deviceGroup'] : []);
    }
  });

  it('leaves alone what asks to be left alone, in both directions', () => {
    const correlator = seasoned();
    const first = correlator.decide(on(0, 'odd-1', ['device:a']));
    const alone = correlator.decide(on(minute, 'odd-2', ['device:a'], { optOut: true }));
    const next = correlator.decide(on(2 * minute, 'odd-3', ['device:a']));
    expect(alone.kind).toBe('opened');
    expect(alone.refusals.map((r) => r.reason).filter(forbids)).toEqual(['optOut']);
    expect(next.incidentId).toBe(first.incidentId);
    expect(next.merges).toEqual([]);
  });

  it('lets people move, merge and set apart', () => {
    const correlator = seasoned();
    const alert = on(0, 'odd-1', ['device:a']);
    const first = correlator.decide(alert);
    const held = new Map([[900, [{ observation: alert, decision: first }]]]);
    correlator.rearrange({ ...nothing, moves: [[alert.alertId, 900]], ...remembered(held, defaultConfig) });
    expect(correlator.incidentOf(alert.alertId)).toBe(900);
    correlator.rearrange({ ...nothing, redirects: [[first.incidentId, 900]] });
    expect(correlator.find(first.incidentId)).toBe(900);
    expect(correlator.decide(on(hour, 'odd-9', ['device:e'])).incidentId).toBe(901);
    correlator.rearrange({ ...nothing, redirects: [[first.incidentId, null]] });
    expect(correlator.find(first.incidentId)).toBe(first.incidentId);
  });
});
