import { files } from '../cast/attacker.ts';
import { dc01, finWs07 } from '../cast/devices.ts';
import { backupService, jana, mira } from '../cast/people.ts';
import { processTrees } from '../cast/processes.ts';
import type { Act } from '../entry.ts';
import { elasticAlert } from '../vendor/elastic.ts';
import { graphAlert } from '../vendor/graph.ts';
import * as evidence from '../vendor/graph-evidence.ts';
import { suricataAlert } from '../vendor/suricata.ts';
import { target, wazuhAlert, windowsEvent } from '../vendor/wazuh.ts';

/** On Mira's workstation: a look around the domain, then the passwords in memory, Jana's among them. */
export const credentials: Act = (at) => {
  const run = processTrees(at);
  const device = evidence.device(finWs07);
  const user = evidence.user(mira);

  return [
    elasticAlert({
      name: 'domain discovery',
      time: at('1 13:31:10'),
      rule: 'Enumeration of Administrator Accounts',
      description: 'The members of an administrators group were listed from a command line.',
      severity: 'low',
      tactic: ['TA0007', 'Discovery'],
      technique: ['T1069', 'Permission Groups Discovery'],
      process: run.discovery,
    }),
    graphAlert({
      id: 'af-credentials-01',
      product: 'endpoint',
      time: at('1 13:32:02'),
      title: 'Suspicious sequence of exploration activities',
      description: 'Several commands that map a domain ran within a minute.',
      severity: 'low',
      category: 'Discovery',
      techniques: ['T1018', 'T1069.002', 'T1482'],
      evidence: [device, user, evidence.process(run.discovery), evidence.process(run.beacon)],
    }),
    graphAlert({
      id: 'af-credentials-02',
      product: 'identity',
      time: at('1 13:36:40'),
      title: 'User and group membership reconnaissance (SAMR)',
      description: `Mira Keller's account listed administrators of the domain from ${finWs07.name}.`,
      severity: 'medium',
      category: 'Discovery',
      techniques: ['T1087.002', 'T1069.002'],
      evidence: [user, device, evidence.device(dc01, 'destination')],
    }),
    suricataAlert({
      flow: 'share sweep',
      time: at('1 13:40:15'),
      signatureId: 9_100_310,
      signature: 'AF LATERAL Workstation asks domain controller for every share and session',
      category: 'Attempted Information Leak',
      severity: 2,
      from: finWs07.ip,
      to: dc01.ip,
      port: 445,
      metadata: { mitre_tactic_name: ['Discovery'], mitre_technique_id: ['T1135'] },
      layer: { app_proto: 'smb', smb: { command: 'SMB2_COMMAND_CREATE', filename: 'srvsvc' } },
    }),
    elasticAlert({
      name: 'lsass handle',
      time: at('1 13:52:22'),
      rule: 'LSASS Process Access via Windows API',
      description: 'An unsigned program opened the memory of the process that keeps credentials.',
      severity: 'high',
      tactic: ['TA0006', 'Credential Access'],
      technique: ['T1003', 'OS Credential Dumping'],
      process: run.dumper,
      ecs: { Target: { process: { name: 'lsass.exe' } } },
    }),
    graphAlert({
      id: 'af-credentials-03',
      product: 'endpoint',
      time: at('1 13:52:50'),
      title: 'Sensitive credential memory read',
      description: `${files.dumper.name} read the memory of lsass.exe. Jana Brandt was signed in on the device.`,
      severity: 'high',
      category: 'CredentialAccess',
      techniques: ['T1003.001'],
      recommended: 'Treat every account that signed in on the device as stolen.',
      evidence: [device, user, evidence.user(jana), evidence.process(run.dumper), evidence.file(files.dumper, finWs07)],
    }),
    graphAlert({
      id: 'af-credentials-04',
      product: 'identity',
      time: at('1 14:24:35'),
      title: 'Suspected overpass-the-hash attack (Kerberos)',
      description: `A ticket for Jana Brandt was asked for from ${finWs07.name} with a weaker cipher than she uses.`,
      severity: 'high',
      category: 'LateralMovement',
      techniques: ['T1550.002'],
      evidence: [evidence.user(jana), device, evidence.device(dc01, 'destination')],
    }),
    graphAlert({
      id: 'af-credentials-05',
      product: 'identity',
      time: at('1 14:41:05'),
      title: 'Suspected Kerberos SPN exposure',
      description: `Tickets of service accounts, ${backupService.account} first, were asked for in bulk by Jana Brandt's account.`,
      severity: 'high',
      category: 'CredentialAccess',
      techniques: ['T1558.003'],
      evidence: [evidence.user(jana), evidence.user(backupService, 'attacked'), device],
    }),
    wazuhAlert({
      name: 'hash logon',
      time: at('1 14:24:50'),
      device: dc01,
      rule: {
        id: 92_652,
        level: 6,
        description: `Successful remote logon with NTLM of ${jana.account}: possible pass-the-hash attack`,
        groups: ['win_evt_channel', 'windows', 'authentication_success'],
        mitre: { id: ['T1550.002'], tactic: ['Defense Evasion', 'Lateral Movement'], technique: ['Pass the Hash'] },
      },
      data: windowsEvent(dc01, 4624, {
        ...target(jana),
        logonType: '3',
        authenticationPackageName: 'NTLM',
        workstationName: finWs07.name,
        ipAddress: finWs07.ip,
      }),
    }),
  ];
};
