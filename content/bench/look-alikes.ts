import { day, hour, minute, type Scenario, type Step } from './scenario.ts';

const each = <T>(count: number, make: (n: number) => T): T[] => Array.from({ length: count }, (_, n) => make(n));

/** Things that look alike and are not one: each must stay apart. */
export const lookAlikes: Scenario[] = [
  {
    name: 'two attacks on one host a day apart',
    why: 'The host alone connects them, a day lies between, and no tool, address or account is the same.',
    stories: [
      {
        name: 'miner',
        steps: [
          [0, 'endpoint/Exploited web service', ['device:web-01', 'ip:203.0.113.20'], 'InitialAccess'],
          [4 * minute, 'endpoint/Coin miner', ['device:web-01', 'file:miner'], 'Impact'],
          [9 * minute, 'network/Mining pool', ['device:web-01', 'ip:203.0.113.21'], 'CommandAndControl'],
        ],
      },
      {
        name: 'thief',
        steps: [
          [
            30 * hour,
            'identity/Stolen key sign-in',
            ['device:web-01', 'user:ops', 'ip:198.51.100.40'],
            'InitialAccess',
          ],
          [30 * hour + 5 * minute, 'endpoint/Database dump', ['device:web-01', 'user:ops'], 'Collection'],
          [30 * hour + 11 * minute, 'network/Large upload', ['device:web-01', 'ip:198.51.100.41'], 'Exfiltration'],
        ],
      },
    ],
  },
  {
    name: 'a vulnerability scanner',
    why: 'The scanner touches every host every night; an intrusion on one of them is not the scanner, nor are the hosts one attack.',
    stories: [
      {
        name: null,
        steps: each(9, (night) =>
          each(
            40,
            (n): Step => [
              (night - 9) * day + 13 * hour + n * 2 * minute,
              'network/Port scan',
              [`device:srv-${n}`, 'ip:10.20.0.5'],
            ],
          ),
        ).flat(),
      },
      {
        name: 'intrusion',
        steps: [
          [0, 'endpoint/Web shell', ['device:srv-3', 'file:shell.aspx'], 'Persistence'],
          [6 * minute, 'endpoint/Credential dump', ['device:srv-3', 'user:svc-web'], 'CredentialAccess'],
          [25 * minute, 'endpoint/Remote service', ['device:srv-9', 'user:svc-web'], 'LateralMovement'],
        ],
      },
      {
        name: null,
        steps: each(
          40,
          (n): Step => [13 * hour + n * 2 * minute, 'network/Port scan', [`device:srv-${n}`, 'ip:10.20.0.5']],
        ),
      },
    ],
  },
  {
    name: 'a patch night',
    why: 'Every host restarts services in one hour: that is maintenance; the intrusion that afternoon on one of them stands alone.',
    stories: [
      {
        name: null,
        steps: each(
          24,
          (n): Step => [
            17 * hour + n * 2 * minute,
            'endpoint/Service replaced',
            [`device:host-${n}`, 'user:patch-agent'],
          ],
        ),
      },
      {
        name: 'afternoon',
        steps: [
          [6 * hour, 'endpoint/Unknown loader', ['device:host-4', 'user:kim', 'file:dropper.exe'], 'Execution'],
          [6 * hour + 8 * minute, 'endpoint/Credential dump', ['device:host-4', 'user:kim'], 'CredentialAccess'],
        ],
      },
    ],
  },
  {
    name: 'a shared admin account',
    why: 'Everyone uses the account on many hosts; two attacks that both used it are two.',
    stories: [
      {
        name: null,
        steps: each(
          200,
          (n): Step => [
            -9 * day + n * hour,
            `endpoint/Admin tool ${n % 4}`,
            [`device:desk-${n % 40}`, 'user:helpdesk-shared'],
          ],
        ),
      },
      {
        name: 'north',
        steps: [
          [0, 'endpoint/Unknown loader', ['device:north-1', 'user:helpdesk-shared', 'file:a.exe'], 'Execution'],
          [7 * minute, 'network/Beacon', ['device:north-1', 'ip:203.0.113.60'], 'CommandAndControl'],
        ],
      },
      {
        name: 'south',
        steps: [
          [3 * hour, 'endpoint/Script from mail', ['device:south-1', 'user:helpdesk-shared', 'file:b.js'], 'Execution'],
          [3 * hour + 9 * minute, 'network/Tunnel', ['device:south-1', 'ip:203.0.113.61'], 'CommandAndControl'],
        ],
      },
    ],
  },
  {
    name: 'a NAT gateway',
    why: 'Half the office leaves by one address; two stolen accounts that signed in through it are two.',
    stories: [
      {
        name: null,
        steps: each(
          200,
          (n): Step => [
            -9 * day + n * hour,
            `identity/Unusual sign-in ${n % 5}`,
            [`user:staff-${n % 40}`, 'ip:192.0.2.1'],
          ],
        ),
      },
      {
        name: 'lea',
        steps: [
          [0, 'identity/Stolen cookie', ['user:lea', 'ip:192.0.2.1', 'session:s-lea'], 'CredentialAccess'],
          [10 * minute, 'cloudapps/Mass download', ['user:lea', 'session:s-lea'], 'Exfiltration'],
        ],
      },
      {
        name: 'max',
        steps: [
          [2 * hour, 'identity/Second factor removed', ['user:max', 'ip:192.0.2.1', 'session:s-max'], 'Persistence'],
          [2 * hour + 12 * minute, 'cloudapps/Inbox rule', ['user:max', 'mailbox:max', 'session:s-max'], 'Persistence'],
        ],
      },
    ],
  },
  {
    name: 'an insider beside a noisy DLP',
    why: 'The loss prevention rule fires on everyone all day; what the insider prepared and sent is one incident without it.',
    stories: [
      {
        name: null,
        steps: each(
          240,
          (n): Step => [-10 * day + n * hour, 'dlp/Card number in mail', [`user:${n % 2 === 0 ? 'nia' : 'omar'}`]],
        ),
      },
      {
        name: 'insider',
        steps: [
          [2 * hour, 'cloudapps/Unusual file access', ['user:omar', 'app:Design vault'], 'Collection'],
          [
            2 * hour + 14 * minute,
            'endpoint/Archive with password',
            ['device:ws-omar', 'user:omar', 'file:designs.7z'],
            'Collection',
          ],
          [
            2 * hour + 31 * minute,
            'endpoint/Copy to USB drive',
            ['device:ws-omar', 'user:omar', 'file:designs.7z'],
            'Exfiltration',
          ],
        ],
      },
      {
        name: null,
        steps: each(6, (n): Step => [n * hour, 'dlp/Card number in mail', [`user:${n % 2 === 0 ? 'nia' : 'omar'}`]]),
      },
    ],
  },
];
