import { files, hosts, oauthApp } from '../cast/attacker.ts';
import { bkp01, fs01, hlpWs02 } from '../cast/devices.ts';
import { backupService, jana, mira, tomas } from '../cast/people.ts';
import { processTrees } from '../cast/processes.ts';
import type { Act } from '../entry.ts';
import { graphAlert } from '../vendor/graph.ts';
import * as evidence from '../vendor/graph-evidence.ts';
import { account, address, mailbox, sentinelAlert } from '../vendor/sentinel.ts';
import { suricataAlert } from '../vendor/suricata.ts';
import { subject, wazuhAlert, windowsEvent } from '../vendor/wazuh.ts';

/** Between the two days: what makes the intruder stay, and the servers call home for the first time. */
export const night: Act = (at) => {
  const run = processTrees(at);
  const serverBeacon = (flow: string, moment: string, from: string) =>
    suricataAlert({
      flow,
      time: at(moment),
      signatureId: 9_100_230,
      signature: 'AF C2 Server opens a long encrypted session to a host without a name of its own',
      category: 'Malware Command and Control Activity Detected',
      severity: 1,
      from,
      to: hosts.control.ip,
      port: 8443,
      bytes: [48_200, 96_110],
      metadata: { mitre_tactic_name: ['Command_And_Control'], mitre_technique_id: ['T1571'] },
      layer: { app_proto: 'tls', tls: { sni: hosts.control.domain, version: 'TLS 1.2' } },
    });
  const scheduledTask = (name: string, moment: string, device: typeof fs01, person: typeof jana) =>
    wazuhAlert({
      name,
      time: at(moment),
      device,
      rule: {
        id: 110_020,
        level: 10,
        description: 'Scheduled task created that runs a program from a temporary folder',
        groups: ['windows', 'windows_security', 'persistence'],
        mitre: { id: ['T1053.005'], tactic: ['Persistence'], technique: ['Scheduled Task'] },
      },
      data: windowsEvent(device, 4698, {
        ...subject(person),
        taskName: '\\Microsoft\\Windows\\WbCheck',
        taskContent: `${files.service.path}\\${files.service.name} -svc`,
      }),
    });

  return [
    serverBeacon('server beacon files', '1 20:05:12', fs01.ip),
    scheduledTask('task file server', '1 21:18:30', fs01, jana),
    scheduledTask('task backup', '1 21:31:02', bkp01, backupService),
    graphAlert({
      id: 'af-night-01',
      product: 'endpoint',
      time: at('1 21:34:40'),
      title: 'Suspicious scheduled task',
      description: `A task named like one of Windows' own starts ${files.service.name} on ${bkp01.name} every hour.`,
      severity: 'medium',
      category: 'Persistence',
      techniques: ['T1053.005'],
      evidence: [evidence.device(bkp01), evidence.process(run.backupServiceShell), evidence.file(files.service, bkp01)],
    }),
    serverBeacon('server beacon backup', '1 23:02:47', bkp01.ip),
    sentinelAlert({
      name: 'night mail',
      time: at('2 00:46:00'),
      rule: 'Mail forwarded outside at an unusual hour',
      description: '312 mails of Tomas Okafor were forwarded outside between midnight and half past.',
      severity: 'Medium',
      tactics: 'Collection,Exfiltration',
      techniques: ['T1114'],
      entities: [account(tomas), mailbox(tomas), address(hosts.signIn.ip)],
    }),
    graphAlert({
      id: 'af-night-02',
      product: 'appGovernance',
      time: at('2 01:20:25'),
      title: 'App searches mail for passwords and bank details',
      description: `${oauthApp.name} ran 41 searches for passwords and bank details in the mailbox of Mira Keller.`,
      severity: 'high',
      category: 'Collection',
      techniques: ['T1114.002'],
      evidence: [evidence.oauthApplication(oauthApp), evidence.user(mira), evidence.mailbox(mira)],
    }),
    graphAlert({
      id: 'af-night-03',
      product: 'endpoint',
      time: at('2 03:26:10'),
      title: 'Connection to a command-and-control server',
      description: `${files.service.name} keeps a connection to ${hosts.control.domain}.`,
      severity: 'high',
      category: 'CommandAndControl',
      techniques: ['T1071.001'],
      evidence: [
        evidence.device(fs01),
        evidence.process(run.fileServerService),
        evidence.ip(hosts.control.ip, 'commandAndControl'),
        evidence.file(files.service, fs01),
      ],
    }),
    graphAlert({
      id: 'af-night-04',
      product: 'identity',
      time: at('2 05:11:55'),
      title: 'Suspicious network connection over encrypting file system protocol',
      description: `${hlpWs02.name} tried to make ${bkp01.name} sign in to it.`,
      severity: 'high',
      category: 'LateralMovement',
      techniques: ['T1187'],
      evidence: [
        evidence.user(jana, 'attacker'),
        evidence.device(hlpWs02, 'source'),
        evidence.device(bkp01, 'destination'),
      ],
    }),
  ];
};
