import type { Decision } from '@throughline/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { absorbInFacts, addToFacts, factsOf, type IncidentFacts, mergeFacts } from './facts.ts';
import { nameIncident } from './name-incident.ts';
import type { Observation } from './observation.ts';
import { priorityOf } from './priority.ts';
import { severityOf } from './severity.ts';
import { day, observation, start } from './testing/make-observation.ts';

const decision = (more: Partial<Decision> = {}): Decision => ({
  alertId: 'a',
  kind: 'joined',
  incidentId: 1,
  continues: null,
  novelty: 6,
  score: 7,
  threshold: 6,
  terms: [],
  refusals: [],
  merges: [],
  ...more,
});

function factsFrom(list: readonly Observation[], more: Partial<Decision> = {}): IncidentFacts {
  const [first, ...rest] = list;
  if (!first) throw new Error('no alerts');
  return rest.reduce((f, o) => addToFacts(f, o, decision(more)), factsOf(first, decision(more)));
}

const phish = observation(0, 'Phishing mail delivered', ['mailbox:mira@x.example', 'user:mira@x.example'], {
  serviceSource: 'office',
  tactics: ['initialAccess'],
  severity: 'medium',
});
const dump = observation(day, 'Credential memory read', ['device:fin-ws-07', 'user:mira@x.example'], {
  serviceSource: 'endpoint',
  tactics: ['credentialAccess'],
  severity: 'high',
});
const upload = observation(day + 1, 'Upload of 500 MB', ['device:eng-ws-03'], {
  serviceSource: 'network',
  tactics: ['exfiltration'],
  severity: 'high',
  threat: 'LockBit',
});

describe('facts', () => {
  it('keep their name when an alert comes late that is as severe, and more unusual', () => {
    const title = (time: number, name: string, severity: 'medium' | 'high' = 'medium') =>
      observation(time, name, ['device:ws-1'], { severity, tactics: ['execution'] });
    const known = addToFacts(
      factsOf(title(0, 'Script started'), decision({ novelty: 4 })),
      title(day, 'Service installed'),
      decision({ novelty: 3 }),
    );
    const named = (o: Observation) => nameIncident(addToFacts(known, o, decision({ novelty: 9 })));
    expect(named(title(day / 2, 'Unknown program'))).toMatch(/^Script started and 2 other detections/);
    expect(named(title(day + 1, 'Unknown program'))).toMatch(/^Unknown program/);
    expect(named(title(day / 2, 'Credentials read', 'high'))).toMatch(/^Credentials read/);
  });

  it('count what is there', () => {
    const f = factsFrom([phish, dump, upload]);
    expect(f).toMatchObject({ alerts: 3, active: 3, first: start, last: start + day + 1 });
    expect(f.tactics).toEqual(['initialAccess', 'credentialAccess', 'exfiltration']);
    expect(f.assets.map(({ id, alerts }) => [id, alerts])).toEqual([
      ['mailbox mira@x.example', 1],
      ['user mira@x.example', 2],
      ['device fin-ws-07', 1],
      ['device eng-ws-03', 1],
    ]);
    expect(severityOf(f)).toBe('high');
  });

  it('are the same whether alerts came to one incident or to two that merged', () => {
    const list = fc.array(fc.constantFrom(phish, dump, upload), { minLength: 2, maxLength: 12 });
    fc.assert(
      fc.property(list, fc.nat(), (alerts, cut) => {
        const at = 1 + (cut % (alerts.length - 1));
        const merged = mergeFacts(factsFrom(alerts.slice(0, at)), factsFrom(alerts.slice(at)));
        expect(merged).toEqual(factsFrom(alerts));
      }),
    );
  });

  it('stay bounded and are plain JSON', () => {
    const many = Array.from({ length: 400 }, (_, n) =>
      observation(n, `detector ${n}`, [`device:d${n}`, `user:u${n}`], { category: `c${n}`, threat: `t${n}` }),
    );
    const f = factsFrom(many);
    expect(f.assets).toHaveLength(64);
    expect(f.assetsBeyond).toBe(800 - 64);
    expect(f.detectors.length).toBeLessThanOrEqual(32);
    expect(JSON.stringify(f).length).toBeLessThan(20_000);
    expect(JSON.parse(JSON.stringify(f))).toEqual(f);
  });

  it('know two assets that turned out to be one', () => {
    const f = factsFrom([dump, upload]);
    const joined = absorbInFacts(f, 'device eng-ws-03', 'device fin-ws-07');
    expect(joined.assets.find(({ id }) => id === 'device fin-ws-07')?.alerts).toBe(2);
    expect(joined.assets).toHaveLength(2);
    expect(absorbInFacts(f, 'device none', 'device x')).toBe(f);
    expect(absorbInFacts(f, 'device eng-ws-03', 'device new').assets.map(({ id }) => id)).toContain('device new');
  });
});

describe('nameIncident', () => {
  it.each<[string, IncidentFacts]>([
    ['Credential memory read on fin-ws-07 and 1 user', factsFrom([dump])],
    ['Phishing mail delivered on 1 user and 1 mailbox', factsFrom([phish])],
    ['Upload of 500 MB on eng-ws-03', factsFrom([upload])],
    [
      'Multi-stage incident involving Initial access & Exfiltration with LockBit on 2 devices and 1 user reported by 3 sources',
      factsFrom([phish, dump, upload]),
    ],
    ['Upload of 500 MB on eng-ws-03', factsFrom([upload, upload])],
    ['Upload of 500 MB on eng-ws-03, 2 times', factsFrom([upload, upload], { kind: 'background' })],
    ['Alert without a title', factsFrom([observation(0, '', [], { title: ' ' })])],
  ])('%s', (name, facts) => {
    expect(nameIncident(facts)).toBe(name);
  });
});

describe('priorityOf', () => {
  const now = start + day;

  it('is the clamped sum of its factors', () => {
    const severity = fc.constantFrom('unknown', 'informational', 'low', 'medium', 'high' as const);
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(phish, dump, upload), { minLength: 1 }),
        severity,
        fc.nat(12),
        (list, s, n) => {
          const { score, factors } = priorityOf(
            factsFrom(
              list.map((o) => ({ ...o, severity: s as 'low' })),
              { novelty: n },
            ),
            now,
          );
          const sum = factors.reduce((total, { points }) => total + points, 0);
          expect(score).toBe(Math.max(0, Math.min(100, sum)));
          for (const { points, detail } of factors) expect(points !== 0 && detail.length > 3).toBe(true);
        },
      ),
    );
  });

  it('puts a multi-stage attack above 85, background below 15, and lets the quiet sink', () => {
    const attack = factsFrom([phish, dump, upload]);
    const noise = factsFrom([{ ...phish, severity: 'low' }], { kind: 'background', novelty: 1 });
    expect(priorityOf(attack, now).score).toBeGreaterThan(85);
    expect(priorityOf(noise, now).score).toBeLessThan(15);
    const one = factsFrom([dump]);
    expect(priorityOf(one, now + 30 * day).score).toBeLessThan(priorityOf(one, now).score);
  });
});
