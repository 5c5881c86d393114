import { whsPc04 } from '../cast/devices.ts';
import { colleagues, mira } from '../cast/people.ts';
import { systemFile } from '../cast/processes.ts';
import type { Act } from '../entry.ts';
import { graphAlert } from '../vendor/graph.ts';
import * as evidence from '../vendor/graph-evidence.ts';
import { ocsfFinding } from '../vendor/ocsf.ts';

/** Small unrelated affairs: a new phone, a worm on a memory stick, and somebody trying a key of the web shop. */
export const smallIncidents: Act = (at) => {
  const worm = systemFile('photos.scr', 'E:');
  const clerk = colleagues[9];
  const shopKey = {
    uid: 'AWS::IAM::AccessKey:AKIAWEBSHOPEXAMPLE',
    name: 'AKIAWEBSHOPEXAMPLE',
    type: 'AwsIamAccessKey',
  };
  const knock = (name: string, moment: string, operation: string) =>
    ocsfFinding({
      name,
      time: at(moment),
      title: 'Calls with a key of the web shop were refused from an unusual address',
      description: 'A key of the web shop is tried from an address not seen before; every call was refused.',
      type: 'UnauthorizedAccess:IAMUser/MaliciousIPCaller.Custom',
      severity: 3,
      tactic: { uid: 'TA0001', name: 'Initial Access' },
      resource: shopKey,
      sourceIp: '203.0.113.9',
      operation,
    });

  return [
    graphAlert({
      id: 'bg-phone-01',
      product: 'entra',
      time: at('-4 07:38:20'),
      title: 'First sign-in from a new phone',
      description: 'Mira Keller signed in from a phone that was registered the day before.',
      severity: 'informational',
      category: 'InitialAccess',
      evidence: [evidence.user(mira, 'contextual'), evidence.ip('192.0.2.61', 'contextual', 'DE')],
    }),
    graphAlert({
      id: 'bg-worm-01',
      product: 'antivirus',
      time: at('1 12:17:31'),
      title: 'A worm on a removable drive was blocked',
      description: `${worm.name} was blocked on a memory stick.`,
      severity: 'low',
      category: 'Malware',
      evidence: [evidence.device(whsPc04), evidence.file(worm, whsPc04), evidence.user(clerk, 'contextual')],
    }),
    graphAlert({
      id: 'bg-worm-02',
      product: 'endpoint',
      time: at('1 12:18:02'),
      title: 'Autorun file written to a removable drive',
      description: 'A program wrote an autorun file to a memory stick.',
      severity: 'low',
      category: 'LateralMovement',
      techniques: ['T1091'],
      evidence: [evidence.device(whsPc04), evidence.file(worm, whsPc04)],
    }),
    knock('shop key 1', '2 06:21:00', 'ListBuckets'),
    knock('shop key 2', '2 06:29:00', 'ListUsers'),
  ];
};
