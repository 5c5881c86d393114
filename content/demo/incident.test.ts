import { Correlator, defaultConfig, observe } from '@throughline/correlate';
import { defaultLimits, readBody } from '@throughline/intake';
import { type Alert, type EntityKind, entitiesOf, IdentityIndex } from '@throughline/model';
import { describe, expect, test } from 'vitest';
import { demoBatches, demoExpectation, demoIdOf } from './index.ts';

const isOfAttack = (alert: Alert): boolean => demoExpectation.attackIds.has(demoIdOf(alert));

/** The demo read by the real intake: by the named format or, with `auto`, by whichever recognises it. */
async function readDemo(now: Date, auto = false): Promise<Alert[]> {
  const alerts: Alert[] = [];
  for (const { source, name, body } of demoBatches(now)) {
    if (source === 'windowsEvent') continue;
    const options = { source: auto ? 'auto' : source, tenantId: 'default', now, limits: defaultLimits };
    for await (const received of readBody(Buffer.from(body), options)) {
      if ('reject' in received) throw new Error(`${name} line ${received.line}: ${received.reject.detail}`);
      expect(received.source).toBe(source);
      alerts.push(received.alert);
    }
  }
  return alerts;
}

/** Feeds alerts in their order; gives the incident of each in the end. */
function correlate(alerts: Alert[]): Map<number, Alert[]> {
  const identities = new IdentityIndex();
  const correlator = new Correlator(defaultConfig);
  for (const alert of alerts) {
    const { observation, mentions } = observe(alert, identities);
    for (const { resolution } of mentions) {
      for (const absorbed of resolution.absorbed) correlator.absorb(absorbed, resolution.id);
    }
    correlator.decide(observation);
  }
  return Map.groupBy(alerts, (alert) => correlator.incidentOf(alert.id) ?? 0);
}

const now = new Date('2026-03-11T14:03:20Z');

describe('the demo through the real intake', () => {
  test.each([false, true])('every record is exactly one alert (recognised by itself: %s)', async (auto) => {
    const alerts = await readDemo(now, auto);
    expect(alerts).toHaveLength(demoExpectation.attackAlerts + demoExpectation.backgroundAlerts);
    expect(new Set(alerts.map((alert) => alert.id)).size).toBe(alerts.length);
    expect(new Set(alerts.map(demoIdOf))).toEqual(
      new Set([...demoExpectation.attackIds, ...demoExpectation.backgroundIds]),
    );
  });

  test('every alert of the attack has a severity, a tactic and somebody or something it is about', async () => {
    for (const alert of (await readDemo(now)).filter(isOfAttack)) {
      expect(alert.severity, alert.title).not.toBe('unknown');
      expect(entitiesOf(alert).length, alert.title).toBeGreaterThan(1);
    }
  });

  test('names 7 devices, 6 users and 2 mailboxes, each with one identity under all its names', async () => {
    const identities = new IdentityIndex();
    const found = new Map<EntityKind, Map<string, Set<string>>>();
    for (const alert of (await readDemo(now)).filter(isOfAttack)) {
      for (const mention of entitiesOf(alert)) {
        const { id } = identities.resolve(mention);
        const ofKind = found.get(mention.kind) ?? new Map<string, Set<string>>();
        found.set(mention.kind, ofKind);
        ofKind.set(id, new Set([...(ofKind.get(id) ?? []), ...mention.keys]));
      }
    }
    const keysOf = (kind: EntityKind): string[][] => {
      const survivors = new Map<string, Set<string>>();
      for (const [id, keys] of found.get(kind) ?? []) {
        const survivor = identities.find(id);
        survivors.set(survivor, new Set([...(survivors.get(survivor) ?? []), ...keys]));
      }
      return [...survivors.values()].map((keys) => [...keys]);
    };
    const valuesOf = (kind: EntityKind, scheme: string): string[] =>
      keysOf(kind).flatMap((keys) =>
        keys.filter((key) => key.startsWith(scheme)).map((key) => key.slice(scheme.length)),
      );

    expect(keysOf('device')).toHaveLength(7);
    expect(valuesOf('device', 'mde:')).toHaveLength(7);
    expect(
      valuesOf('device', 'dns:')
        .map((name) => name.split('.')[0]?.toUpperCase())
        .sort(),
    ).toEqual([...demoExpectation.devices].sort());
    expect(keysOf('user')).toHaveLength(6);
    expect(valuesOf('user', 'upn:').sort()).toEqual([...demoExpectation.users].sort());
    expect(valuesOf('user', 'sid:')).toHaveLength(6);
    expect(valuesOf('user', 'acct:')).toHaveLength(6);
    expect(valuesOf('mailbox', 'addr:').sort()).toEqual([...demoExpectation.mailboxes].sort());
  });
});

describe('the demo through the correlator', () => {
  test.each(['2026-03-11T14:03:20Z', '2026-03-11T14:31:00Z', '2026-08-02T02:59:00Z', '2027-01-01T09:17:00Z'])(
    'at %s the attack is one incident with nothing foreign in it',
    async (moment) => {
      const incidents = correlate(await readDemo(new Date(moment)));
      const touched = [...incidents.values()].filter((alerts) => alerts.some(isOfAttack));
      const foreign = touched.flat().filter((alert) => !isOfAttack(alert));
      expect(foreign.map((alert) => `${alert.createdDateTime} ${alert.title}`)).toEqual([]);
      expect(touched.map((alerts) => alerts.length)).toEqual([demoExpectation.attackAlerts]);
    },
  );
});
