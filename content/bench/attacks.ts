import { day, hour, minute, type Scenario, type Step } from './scenario.ts';

/** Attacks that look like several, or like nothing: each must come out whole. */
export const attacks: Scenario[] = [
  {
    name: 'one attacker on two business units',
    why: 'The same tool and the same command server on devices that share nothing else are one intruder.',
    stories: [
      {
        name: 'intruder',
        steps: [
          [0, 'endpoint/Unknown loader', ['device:retail-ws-01', 'user:ria', 'file:loader.exe'], 'Execution'],
          [9 * minute, 'network/Beacon', ['device:retail-ws-01', 'ip:203.0.113.9'], 'CommandAndControl'],
          [4 * hour, 'endpoint/Unknown loader', ['device:bank-ws-07', 'user:bo', 'file:loader.exe'], 'Execution'],
          [4 * hour + 6 * minute, 'network/Beacon', ['device:bank-ws-07', 'ip:203.0.113.9'], 'CommandAndControl'],
          [5 * hour, 'endpoint/Credential dump', ['device:bank-ws-07', 'user:bo'], 'CredentialAccess'],
        ],
      },
    ],
  },
  {
    name: 'password spray with one success',
    why: 'The address that failed on many accounts and the sign-in that succeeded from it are one attack, with what the account did next.',
    stories: [
      {
        name: 'spray',
        steps: [
          ...['ada', 'ben', 'cho', 'dee'].map(
            (name, n): Step => [n * minute, 'identity/Password spray', [`user:${name}`, 'ip:198.51.100.7']],
          ),
          [6 * minute, 'identity/Risky sign-in', ['user:dee', 'ip:198.51.100.7', 'session:s-dee'], 'InitialAccess'],
          [20 * minute, 'cloudapps/Inbox rule', ['user:dee', 'mailbox:dee', 'session:s-dee'], 'Persistence'],
        ],
      },
    ],
  },
  {
    name: 'ransomware across a file server',
    why: 'One program on workstation and server, minutes apart, then the encryption it causes.',
    stories: [
      {
        name: 'ransom',
        steps: [
          [0, 'endpoint/Macro starts program', ['device:ws-11', 'user:ivo', 'file:crypt.exe'], 'Execution'],
          [
            12 * minute,
            'endpoint/Remote service',
            ['device:files-01', 'user:ivo', 'file:crypt.exe'],
            'LateralMovement',
          ],
          [15 * minute, 'endpoint/Shadow copies deleted', ['device:files-01', 'file:crypt.exe'], 'Impact'],
          [16 * minute, 'endpoint/Mass encryption', ['device:files-01'], 'Impact'],
          [17 * minute, 'endpoint/Ransom note', ['device:files-01', 'file:note.txt'], 'Impact'],
        ],
      },
    ],
  },
  {
    name: 'cloud key theft',
    why: 'A key used from one foreign address against several buckets is one thief, though no device is involved.',
    stories: [
      {
        name: 'key',
        steps: [
          [0, 'cloud/Key used from new country', ['user:ci-deploy', 'ip:198.51.100.80'], 'InitialAccess'],
          [7 * minute, 'cloud/Bucket listing', ['user:ci-deploy', 'bucket:invoices', 'ip:198.51.100.80'], 'Discovery'],
          [
            15 * minute,
            'cloud/Mass download',
            ['user:ci-deploy', 'bucket:invoices', 'ip:198.51.100.80'],
            'Exfiltration',
          ],
          [
            40 * minute,
            'cloud/Mass download',
            ['user:ci-deploy', 'bucket:payroll', 'ip:198.51.100.80'],
            'Exfiltration',
          ],
        ],
      },
    ],
  },
  {
    name: 'supply-chain update on many hosts',
    why: 'A file never seen before on twelve hosts within a night is one event, whoever sits at them.',
    stories: [
      {
        name: 'update',
        steps: Array.from({ length: 12 }, (_, n): Step[] => [
          [n * 25 * minute, 'endpoint/Signed updater drops library', [`device:host-${n}`, 'file:agent-update.dll']],
          [n * 25 * minute + 3 * minute, 'network/Beacon', [`device:host-${n}`, 'ip:203.0.113.50']],
        ]).flat(),
      },
    ],
  },
  {
    name: 'a phishing wave where one user clicked',
    why: 'The mails are one campaign by their link; the click and what came after belong to it, not to the other receivers.',
    stories: [
      {
        name: 'phish',
        steps: [
          ...['eva', 'fay', 'gus', 'hal'].map(
            (name, n): Step => [
              n * minute,
              'mail/Phishing delivered',
              [`mailbox:${name}`, `message:lure to ${name}`, 'url:https://lure.example/login'],
              'InitialAccess',
            ],
          ),
          [
            21 * minute,
            'mail/Click on malicious link',
            ['user:gus', 'url:https://lure.example/login'],
            'InitialAccess',
          ],
          [26 * minute, 'identity/Risky sign-in', ['user:gus', 'ip:198.51.100.99', 'session:s-gus'], 'InitialAccess'],
          [50 * minute, 'cloudapps/Mail forwarding', ['mailbox:gus', 'user:gus', 'session:s-gus'], 'Exfiltration'],
        ],
      },
      { name: null, steps: [[day, 'endpoint/Unwanted program', ['device:ws-fay', 'user:fay', 'file:toolbar.exe']]] },
    ],
  },
];
