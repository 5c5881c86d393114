import { files, hosts } from '../cast/attacker.ts';
import { bkp01, dc01, finWs07, finWs11, fs01, hlpWs02 } from '../cast/devices.ts';
import { backupService, jana, viktor } from '../cast/people.ts';
import { processTrees } from '../cast/processes.ts';
import type { Act } from '../entry.ts';
import { elasticAlert } from '../vendor/elastic.ts';
import { graphAlert } from '../vendor/graph.ts';
import * as evidence from '../vendor/graph-evidence.ts';
import { suricataAlert } from '../vendor/suricata.ts';
import { subject, target, wazuhAlert, windowsEvent } from '../vendor/wazuh.ts';

/** With Jana's account from machine to machine, by WMI to workstations and by services to servers. */
export const spread: Act = (at) => {
  const run = processTrees(at);
  const remoteService = (flow: string, moment: string, from: string, to: string) =>
    suricataAlert({
      flow,
      time: at(moment),
      signatureId: 9_100_320,
      signature: 'AF LATERAL Remote service created over SMB (svcctl CreateServiceW)',
      category: 'Potentially Bad Traffic',
      severity: 1,
      from,
      to,
      port: 445,
      metadata: { mitre_tactic_name: ['Lateral_Movement'], mitre_technique_id: ['T1021.002'] },
      layer: { app_proto: 'smb', smb: { command: 'SMB2_COMMAND_WRITE', named_pipe: 'svcctl' } },
    });
  const newService = (name: string, moment: string, device: typeof fs01, person: typeof jana) =>
    wazuhAlert({
      name,
      time: at(moment),
      device,
      rule: {
        id: 61_138,
        level: 10,
        description: 'New Windows service created from a temporary folder',
        groups: ['windows', 'windows_security', 'policy_changed'],
        mitre: { id: ['T1543.003'], tactic: ['Persistence'], technique: ['Windows Service'] },
      },
      data: windowsEvent(device, 4697, {
        ...subject(person),
        serviceName: 'wbsvc',
        serviceFileName: `${files.service.path}\\${files.service.name}`,
        serviceStartType: '2',
        serviceAccount: 'LocalSystem',
      }),
    });

  return [
    graphAlert({
      id: 'af-spread-01',
      product: 'endpoint',
      time: at('1 15:38:58'),
      title: 'Suspicious remote WMI execution',
      description: `${finWs07.name} started a program on ${hlpWs02.name} through WMI with Jana Brandt's account.`,
      severity: 'medium',
      category: 'LateralMovement',
      techniques: ['T1047'],
      evidence: [
        evidence.device(finWs07),
        evidence.device(hlpWs02),
        evidence.user(jana),
        evidence.process(run.remote),
        evidence.file(files.loader, finWs07),
      ],
    }),
    elasticAlert({
      name: 'wmi child help desk',
      time: at('1 15:39:05'),
      rule: 'WMI Incoming Lateral Movement',
      description: 'A program was started by WMI right after a connection from another workstation.',
      severity: 'medium',
      tactic: ['TA0008', 'Lateral Movement'],
      technique: ['T1047', 'Windows Management Instrumentation'],
      process: run.helpBeacon,
      ecs: { source: { ip: finWs07.ip } },
    }),
    graphAlert({
      id: 'af-spread-02',
      product: 'antivirus',
      time: at('1 15:47:33'),
      title: "'LedgerLoader' malware was detected",
      description: 'The antivirus recognised the loader but could not stop the running copy.',
      severity: 'high',
      category: 'Malware',
      techniques: ['T1204.002'],
      evidence: [evidence.device(hlpWs02), evidence.file(files.loader, hlpWs02)],
    }),
    remoteService('service finance', '1 16:02:28', finWs07.ip, finWs11.ip),
    graphAlert({
      id: 'af-spread-03',
      product: 'endpoint',
      time: at('1 16:02:55'),
      title: 'Suspicious service launched',
      description: `A service started ${files.loader.name} on ${finWs11.name}.`,
      severity: 'medium',
      category: 'LateralMovement',
      techniques: ['T1569.002'],
      evidence: [
        evidence.device(finWs11),
        evidence.user(jana, 'attacker'),
        evidence.process(run.controllerBeacon),
        evidence.file(files.loader, finWs11),
      ],
    }),
    elasticAlert({
      name: 'lsass help desk',
      time: at('1 16:20:14'),
      rule: 'LSASS Process Access via Windows API',
      description: 'An unsigned program opened the memory of the process that keeps credentials.',
      severity: 'high',
      tactic: ['TA0006', 'Credential Access'],
      technique: ['T1003', 'OS Credential Dumping'],
      process: run.helpDumper,
      ecs: { Target: { process: { name: 'lsass.exe' } } },
    }),
    graphAlert({
      id: 'af-spread-04',
      product: 'endpoint',
      time: at('1 16:20:40'),
      title: 'Sensitive credential memory read',
      description: `${files.dumper.name} read the memory of lsass.exe.`,
      severity: 'high',
      category: 'CredentialAccess',
      techniques: ['T1003.001'],
      evidence: [
        evidence.device(hlpWs02),
        evidence.user(jana),
        evidence.process(run.helpDumper),
        evidence.file(files.dumper, hlpWs02),
      ],
    }),
    suricataAlert({
      flow: 'beacon help desk',
      time: at('1 16:31:00'),
      signatureId: 9_100_220,
      signature: 'AF C2 Beacon with self-signed certificate of the LedgerLoader family',
      category: 'Malware Command and Control Activity Detected',
      severity: 1,
      from: hlpWs02.ip,
      to: hosts.control.ip,
      port: 443,
      metadata: { mitre_tactic_name: ['Command_And_Control'], mitre_technique_id: ['T1071'] },
      layer: { app_proto: 'tls', tls: { sni: hosts.control.domain, issuerdn: 'CN=localhost', version: 'TLS 1.2' } },
    }),
    remoteService('service file server', '1 17:05:12', hlpWs02.ip, fs01.ip),
    newService('service file server', '1 17:05:21', fs01, jana),
    graphAlert({
      id: 'af-spread-05',
      product: 'identity',
      time: at('1 17:06:30'),
      title: 'Remote code execution attempt',
      description: `A service was created on ${fs01.name} from ${hlpWs02.name} with Jana Brandt's account.`,
      severity: 'medium',
      category: 'Execution',
      techniques: ['T1569.002', 'T1021.002'],
      evidence: [evidence.user(jana), evidence.device(hlpWs02, 'source'), evidence.device(fs01, 'destination')],
    }),
    graphAlert({
      id: 'af-spread-06',
      product: 'endpoint',
      time: at('1 17:14:08'),
      title: 'Unsigned service binary on a file server',
      description: `${files.service.name} runs as a service and answers to nobody's software list.`,
      severity: 'high',
      category: 'Persistence',
      techniques: ['T1543.003'],
      evidence: [evidence.device(fs01), evidence.process(run.fileServerService), evidence.file(files.service, fs01)],
    }),
    wazuhAlert({
      name: 'backup logon',
      time: at('1 18:09:50'),
      device: bkp01,
      rule: {
        id: 110_011,
        level: 12,
        description: 'Service account signed in over the network from a workstation',
        groups: ['windows', 'windows_security', 'authentication_success'],
        mitre: { id: ['T1078.002'], tactic: ['Lateral Movement'], technique: ['Domain Accounts'] },
      },
      data: windowsEvent(bkp01, 4624, {
        ...target(backupService),
        logonType: '3',
        ipAddress: hlpWs02.ip,
        workstationName: hlpWs02.name,
      }),
    }),
    remoteService('service backup', '1 18:10:40', hlpWs02.ip, bkp01.ip),
    newService('service backup', '1 18:10:45', bkp01, backupService),
    graphAlert({
      id: 'af-spread-07',
      product: 'endpoint',
      time: at('1 18:31:30'),
      title: 'Sensitive credential memory read',
      description: `${files.dumper.name} read the memory of lsass.exe. Viktor Lind's session was open on the server.`,
      severity: 'high',
      category: 'CredentialAccess',
      techniques: ['T1003.001'],
      evidence: [
        evidence.device(bkp01),
        evidence.user(backupService),
        evidence.user(viktor),
        evidence.process(run.backupDumper),
        evidence.file(files.dumper, bkp01),
      ],
    }),
    graphAlert({
      id: 'af-spread-08',
      product: 'identity',
      time: at('1 19:04:15'),
      title: 'Suspected identity theft (pass-the-ticket)',
      description: `A ticket of Viktor Lind, issued on another machine, is used from ${bkp01.name}.`,
      severity: 'high',
      category: 'LateralMovement',
      techniques: ['T1550.003'],
      evidence: [evidence.user(viktor), evidence.device(bkp01, 'source'), evidence.device(dc01, 'destination')],
    }),
  ];
};
