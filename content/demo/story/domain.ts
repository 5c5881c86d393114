import { files } from '../cast/attacker.ts';
import { bkp01, dc01, engWs03 } from '../cast/devices.ts';
import { backupService, viktor } from '../cast/people.ts';
import { processTrees } from '../cast/processes.ts';
import type { Act } from '../entry.ts';
import { elasticAlert } from '../vendor/elastic.ts';
import { graphAlert } from '../vendor/graph.ts';
import * as evidence from '../vendor/graph-evidence.ts';
import { suricataAlert } from '../vendor/suricata.ts';
import { clearedLog, subject, target, wazuhAlert, windowsEvent } from '../vendor/wazuh.ts';

/** With the administrator's ticket to the domain controller, and from there to the machine with the drawings. */
export const domain: Act = (at) => {
  const run = processTrees(at);

  return [
    graphAlert({
      id: 'af-domain-01',
      product: 'identity',
      time: at('2 08:06:20'),
      title: 'Suspected DCSync attack (replication of directory services)',
      description: `Viktor Lind's account asked for every password hash of the domain from ${bkp01.name}, which is no domain controller.`,
      severity: 'high',
      category: 'CredentialAccess',
      techniques: ['T1003.006'],
      recommended: 'Plan the reset of every privileged account and of the krbtgt account, twice.',
      evidence: [evidence.user(viktor), evidence.device(bkp01, 'source'), evidence.device(dc01, 'destination')],
    }),
    wazuhAlert({
      name: 'replication',
      time: at('2 08:06:31'),
      device: dc01,
      rule: {
        id: 110_030,
        level: 14,
        description: 'Directory replication rights used by an account that is not a domain controller',
        groups: ['windows', 'windows_security', 'attack'],
        mitre: { id: ['T1003.006'], tactic: ['Credential Access'], technique: ['DCSync'] },
      },
      data: windowsEvent(dc01, 4662, { ...subject(viktor), objectType: 'domainDNS', accessMask: '0x100' }),
    }),
    suricataAlert({
      flow: 'replication',
      time: at('2 08:06:33'),
      signatureId: 9_100_340,
      signature: 'AF LATERAL Directory replication request from a host that is no domain controller',
      category: 'Attempted Administrator Privilege Gain',
      severity: 1,
      from: bkp01.ip,
      to: dc01.ip,
      port: 135,
      metadata: { mitre_tactic_name: ['Credential_Access'], mitre_technique_id: ['T1003.006'] },
      layer: { app_proto: 'dcerpc' },
    }),
    elasticAlert({
      name: 'ntds copy',
      time: at('2 08:24:08'),
      rule: 'NTDS or SAM Database File Copied',
      description: 'The database with every account of the domain was copied.',
      severity: 'high',
      tactic: ['TA0006', 'Credential Access'],
      technique: ['T1003', 'OS Credential Dumping'],
      process: run.ntds,
    }),
    wazuhAlert({
      name: 'account changed',
      time: at('2 08:41:15'),
      device: dc01,
      rule: {
        id: 60_110,
        level: 8,
        description: 'User account changed',
        groups: ['windows', 'windows_security', 'account_changed'],
        mitre: { id: ['T1098'], tactic: ['Persistence'], technique: ['Account Manipulation'] },
      },
      data: windowsEvent(dc01, 4738, {
        ...subject(viktor),
        ...target(backupService),
        userAccountControl: '%%2089',
      }),
    }),
    graphAlert({
      id: 'af-domain-02',
      product: 'identity',
      time: at('2 08:42:30'),
      title: 'Suspicious additions to sensitive groups',
      description: `Viktor Lind's account put ${backupService.account} into Domain Admins.`,
      severity: 'medium',
      category: 'Persistence',
      techniques: ['T1098'],
      evidence: [evidence.user(viktor), evidence.user(backupService, 'added'), evidence.device(dc01)],
    }),
    wazuhAlert({
      name: 'log cleared',
      time: at('2 09:03:44'),
      device: dc01,
      rule: {
        id: 63_103,
        level: 12,
        description: 'Windows audit log was cleared',
        groups: ['windows', 'windows_security', 'log_clearing'],
        mitre: { id: ['T1070.001'], tactic: ['Defense Evasion'], technique: ['Clear Windows Event Logs'] },
      },
      data: clearedLog(dc01, viktor),
    }),
    graphAlert({
      id: 'af-domain-03',
      product: 'endpoint',
      time: at('2 10:41:30'),
      title: 'Suspicious remote WMI execution',
      description: `${dc01.name} started a program on ${engWs03.name} through WMI with Viktor Lind's account.`,
      severity: 'medium',
      category: 'LateralMovement',
      techniques: ['T1047'],
      evidence: [
        evidence.device(engWs03),
        evidence.device(dc01, 'source'),
        evidence.user(viktor, 'attacker'),
        evidence.process(run.designBeacon),
        evidence.file(files.loader, engWs03),
      ],
    }),
    elasticAlert({
      name: 'wmi child design',
      time: at('2 10:41:36'),
      rule: 'WMI Incoming Lateral Movement',
      description: 'A program was started by WMI right after a connection from another machine.',
      severity: 'medium',
      tactic: ['TA0008', 'Lateral Movement'],
      technique: ['T1047', 'Windows Management Instrumentation'],
      process: run.designBeacon,
      ecs: { source: { ip: dc01.ip } },
    }),
  ];
};
