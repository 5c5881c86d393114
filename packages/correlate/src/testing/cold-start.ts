import type { Tactic } from '@throughline/model';
import type { Observation } from '../observation.ts';
import { Dice } from './dice.ts';
import { day, hour, minute, observation } from './make-observation.ts';

export type Scenario = { observations: Observation[]; attack: Set<string> };

/**
 * Two days of a tenant nothing is known of: an intrusion of about 90 alerts over 7 devices, 6 users and 2 mailboxes, seen
 * by five products, among about 300 alerts that have nothing to do with it: detectors that repeat on many hosts, the
 * attacked ones included, and odd single ones elsewhere.
 */
export function coldStart(seed: number): Scenario {
  const dice = new Dice(seed);
  const attacks = intrusion(dice);
  const others = [...noise(dice), ...oddities(dice)];
  const given = [...attacks.map((o) => ({ o, isAttack: true })), ...others.map((o) => ({ o, isAttack: false }))];
  given.sort((a, b) => a.o.time - b.o.time);
  const observations = given.map(({ o }, n) => ({ ...o, alertId: `alert-${n}` }));
  return { observations, attack: new Set(observations.flatMap((o, n) => (given[n]?.isAttack ? [o.alertId] : []))) };
}

const victims = ['ws-01', 'ws-02', 'ws-03', 'srv-01', 'srv-02', 'srv-03', 'dc-01'];

type Step = [detector: string, source: string, tactic: Tactic, entities: string[]];

function intrusion(dice: Dice): Observation[] {
  const loader = 'file:sha-loader';
  const c2 = 'ip:203.0.113.9';
  const steps: [at: number, steps: Step[]][] = [
    [
      9 * hour,
      [
        ['mail-phish', 'mail', 'initialAccess', ['mailbox:ana', 'user:ana', 'message:m1', 'url:http://lure']],
        ['mail-phish', 'mail', 'initialAccess', ['mailbox:ben', 'user:ben', 'message:m2', 'url:http://lure']],
        ['mail-click', 'mail', 'initialAccess', ['user:ana', 'message:m1', 'url:http://lure']],
        ['id-risky', 'identity', 'initialAccess', ['user:ana', 'ip:198.51.100.7', 'session:s1']],
        ['id-token', 'identity', 'credentialAccess', ['user:ana', 'ip:198.51.100.7']],
        ['app-rule', 'cloudapps', 'persistence', ['user:ana', 'mailbox:ana', 'ip:198.51.100.7']],
        ['edr-office', 'endpoint', 'execution', ['device:ws-01', 'user:ana', 'file:powershell.exe', loader]],
        ['edr-beacon', 'endpoint', 'commandAndControl', ['device:ws-01', 'user:ana', loader, c2]],
        ['net-c2', 'network', 'commandAndControl', ['device:ws-01', c2]],
      ],
    ],
    [
      14 * hour,
      [
        ['edr-discovery', 'endpoint', 'discovery', ['device:ws-01', 'user:ana', 'file:cmd.exe']],
        ['edr-lsass', 'endpoint', 'credentialAccess', ['device:ws-01', 'user:admin', 'file:sha-dumper']],
        ['id-pth', 'identity', 'lateralMovement', ['user:admin', 'device:ws-01', 'device:srv-01']],
        ['edr-wmi', 'endpoint', 'lateralMovement', ['device:ws-02', 'device:ws-01', 'user:admin', loader]],
        ['edr-beacon', 'endpoint', 'commandAndControl', ['device:ws-02', 'user:cho', loader, c2]],
        ['net-c2', 'network', 'commandAndControl', ['device:ws-02', c2]],
        ['edr-lsass', 'endpoint', 'credentialAccess', ['device:ws-02', 'user:svc', 'file:sha-dumper']],
      ],
    ],
    [
      18 * hour,
      [
        ['edr-service', 'endpoint', 'lateralMovement', ['device:srv-01', 'user:admin', 'file:sha-service']],
        ['edr-service', 'endpoint', 'lateralMovement', ['device:srv-02', 'user:svc', 'file:sha-service']],
        ['net-c2', 'network', 'commandAndControl', ['device:srv-01', c2]],
        ['edr-task', 'endpoint', 'persistence', ['device:srv-02', 'user:svc', 'file:sha-service']],
      ],
    ],
    [
      day + 8 * hour,
      [
        ['id-dcsync', 'identity', 'credentialAccess', ['user:admin', 'device:srv-02', 'device:dc-01']],
        ['edr-ntds', 'endpoint', 'credentialAccess', ['device:dc-01', 'user:admin', 'file:ntdsutil.exe']],
        ['edr-wmi', 'endpoint', 'lateralMovement', ['device:ws-03', 'device:dc-01', 'user:admin', loader]],
        ['edr-beacon', 'endpoint', 'commandAndControl', ['device:ws-03', 'user:eva', loader, c2]],
        ['edr-stage', 'endpoint', 'collection', ['device:ws-03', 'user:eva', 'device:srv-03', 'file:sha-archive']],
        ['net-exfil', 'network', 'exfiltration', ['device:ws-03', 'ip:203.0.113.77']],
        ['app-mass', 'cloudapps', 'exfiltration', ['user:eva', 'ip:198.51.100.7']],
        ['edr-wipe', 'endpoint', 'impact', ['device:srv-03', 'user:eva', 'file:sha-service']],
      ],
    ],
  ];
  return steps.flatMap(([at, act]) => {
    let time = at;
    return act.flatMap(([detector, source, tactic, entities]) =>
      // Products say most things more than once.
      Array.from({ length: 2 + dice.below(3) }, () => {
        time += (1 + dice.below(9)) * minute;
        return observation(time, detector, entities, { serviceSource: source, tactics: [tactic], severity: 'high' });
      }),
    );
  });
}

/** Seven detectors that fire over and over on a dozen hosts each. */
function noise(dice: Dice): Observation[] {
  return Array.from({ length: 7 }, (_, n) => n).flatMap((n) => {
    const hosts = [...Array.from({ length: 10 }, () => `host-${dice.below(40)}`), dice.of(victims), dice.of(victims)];
    return hosts.flatMap((host) =>
      Array.from({ length: 3 + dice.below(2) }, () =>
        observation(dice.below(2 * day), `noise-${n}`, [`device:${host}`, 'ip:8.8.8.8', 'file:svchost.exe'], {
          severity: 'low',
        }),
      ),
    );
  });
}

/** Single alerts of rare detectors on assets of their own, some with things that everyone shares. */
function oddities(dice: Dice): Observation[] {
  return Array.from({ length: 45 }, (_, n) =>
    observation(
      dice.below(2 * day),
      `odd-${dice.below(20)}`,
      [
        `device:host-${dice.below(40)}`,
        `user:user-${dice.below(60)}`,
        ...(dice.below(3) === 0 ? ['file:powershell.exe'] : [`file:sha-odd-${n}`]),
        ...(dice.below(3) === 0 ? ['domain:login.microsoftonline.com'] : []),
      ],
      { severity: 'medium', tactics: ['execution'] },
    ),
  );
}
