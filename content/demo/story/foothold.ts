import { files, hosts, payloadUrl } from '../cast/attacker.ts';
import { finWs07 } from '../cast/devices.ts';
import { mira } from '../cast/people.ts';
import { processTrees } from '../cast/processes.ts';
import type { Act } from '../entry.ts';
import { firewallAlert } from '../vendor/cef.ts';
import { elasticAlert } from '../vendor/elastic.ts';
import { graphAlert } from '../vendor/graph.ts';
import * as evidence from '../vendor/graph-evidence.ts';
import { suricataAlert } from '../vendor/suricata.ts';

/** Mira opens the document the page offered; its macro fetches a loader, which calls home. */
export const foothold: Act = (at) => {
  const run = processTrees(at);
  const device = evidence.device(finWs07);
  const user = evidence.user(mira);
  const control = evidence.ip(hosts.control.ip, 'commandAndControl');

  return [
    elasticAlert({
      name: 'word shell',
      time: at('1 09:41:35'),
      rule: 'Suspicious MS Office Child Process',
      description: 'An Office program started a command interpreter.',
      severity: 'medium',
      tactic: ['TA0001', 'Initial Access'],
      technique: ['T1566', 'Phishing'],
      process: run.shell,
      ecs: { file: { name: files.document.name, hash: { sha256: files.document.sha256, sha1: files.document.sha1 } } },
    }),
    graphAlert({
      id: 'af-foothold-01',
      product: 'endpoint',
      time: at('1 09:41:52'),
      title: 'Suspicious behavior by Microsoft Word was observed',
      description: 'Word opened a document from the internet and started a hidden command line.',
      severity: 'medium',
      category: 'Execution',
      techniques: ['T1204.002', 'T1059.003'],
      evidence: [
        device,
        user,
        evidence.process(run.word),
        evidence.process(run.shell),
        evidence.file(files.document, finWs07),
      ],
    }),
    graphAlert({
      id: 'af-foothold-02',
      product: 'endpoint',
      time: at('1 09:42:04'),
      title: 'Suspicious PowerShell command line',
      description: 'A hidden PowerShell downloaded a program from an address nobody else has contacted.',
      severity: 'medium',
      category: 'Execution',
      techniques: ['T1059.001', 'T1105'],
      evidence: [device, user, evidence.process(run.script), evidence.url(payloadUrl), control],
    }),
    suricataAlert({
      flow: 'payload',
      time: at('1 09:42:06'),
      signatureId: 9_100_210,
      signature: 'AF MALWARE Windows executable served as font data',
      category: 'A Network Trojan was detected',
      severity: 1,
      from: finWs07.ip,
      to: hosts.control.ip,
      port: 80,
      bytes: [1_120, 418_310],
      metadata: { mitre_tactic_name: ['Command_And_Control'], mitre_technique_id: ['T1105'] },
      layer: {
        app_proto: 'http',
        http: {
          hostname: hosts.control.domain,
          url: '/assets/fonts.bin',
          http_method: 'GET',
          status: 200,
          length: 411_648,
        },
      },
    }),
    elasticAlert({
      name: 'download by script',
      time: at('1 09:42:09'),
      rule: 'Remote File Download via PowerShell',
      description: 'PowerShell wrote an executable that it had fetched from the network.',
      severity: 'medium',
      tactic: ['TA0011', 'Command and Control'],
      technique: ['T1105', 'Ingress Tool Transfer'],
      process: run.script,
      ecs: {
        file: {
          name: files.loader.name,
          path: `${files.loader.path}\\${files.loader.name}`,
          hash: { sha256: files.loader.sha256 },
        },
        destination: { ip: hosts.control.ip, port: 80, domain: hosts.control.domain },
      },
    }),
    graphAlert({
      id: 'af-foothold-03',
      product: 'endpoint',
      time: at('1 09:42:40'),
      title: 'Suspicious file dropped and launched',
      description: `${files.loader.name} was written by PowerShell and started at once.`,
      severity: 'high',
      category: 'Execution',
      techniques: ['T1204.002', 'T1036'],
      recommended: 'Isolate the device. Collect the file before it is removed.',
      evidence: [device, user, evidence.process(run.beacon), evidence.file(files.loader, finWs07)],
    }),
    elasticAlert({
      name: 'run key',
      time: at('1 09:43:02'),
      rule: 'Startup or Run Key Registry Modification',
      description: 'A program put itself into the Run key.',
      severity: 'low',
      tactic: ['TA0003', 'Persistence'],
      technique: ['T1547', 'Boot or Logon Autostart Execution'],
      process: run.beacon,
      ecs: {
        registry: {
          hive: 'HKEY_USERS',
          key: `${mira.sid}\\Software\\Microsoft\\Windows\\CurrentVersion\\Run`,
          value: 'PdfHost',
          path: `HKEY_USERS\\${mira.sid}\\Software\\Microsoft\\Windows\\CurrentVersion\\Run\\PdfHost`,
        },
      },
    }),
    suricataAlert({
      flow: 'beacon first',
      time: at('1 09:43:40'),
      signatureId: 9_100_220,
      signature: 'AF C2 Beacon with self-signed certificate of the LedgerLoader family',
      category: 'Malware Command and Control Activity Detected',
      severity: 1,
      from: finWs07.ip,
      to: hosts.control.ip,
      port: 443,
      metadata: { mitre_tactic_name: ['Command_And_Control'], mitre_technique_id: ['T1071'] },
      layer: { app_proto: 'tls', tls: { sni: hosts.control.domain, issuerdn: 'CN=localhost', version: 'TLS 1.2' } },
    }),
    graphAlert({
      id: 'af-foothold-04',
      product: 'antivirus',
      time: at('1 09:55:18'),
      title: "'LedgerLoader' malware was detected",
      description: 'The antivirus recognised the loader but could not stop the running copy.',
      severity: 'high',
      category: 'Malware',
      techniques: ['T1204.002'],
      evidence: [device, evidence.file(files.loader, finWs07)],
    }),
    graphAlert({
      id: 'af-foothold-05',
      product: 'endpoint',
      time: at('1 09:58:44'),
      title: 'Antivirus exclusion added by a suspicious process',
      description: 'The loader excluded its own folder from scanning.',
      severity: 'medium',
      category: 'DefenseEvasion',
      techniques: ['T1562.001'],
      evidence: [
        device,
        user,
        evidence.process(run.beacon),
        evidence.registryValue(
          finWs07,
          'SOFTWARE\\Microsoft\\Windows Defender\\Exclusions\\Paths',
          'C:\\ProgramData\\PdfHost',
          '0',
        ),
      ],
    }),
    firewallAlert({
      session: 'control day one',
      time: at('1 10:15:00'),
      logId: 16_384,
      event: 'utm:ips signature passthrough',
      severity: 8,
      from: finWs07,
      user: mira,
      to: hosts.control,
      act: 'detected',
      message: 'Regular small requests to a host with low reputation',
    }),
    graphAlert({
      id: 'af-foothold-06',
      product: 'endpoint',
      time: at('1 10:47:26'),
      title: 'Connection to a command-and-control server',
      description: `${files.loader.name} keeps a connection to ${hosts.control.domain}.`,
      severity: 'high',
      category: 'CommandAndControl',
      techniques: ['T1071.001'],
      evidence: [device, user, evidence.process(run.beacon), control, evidence.url(`https://${hosts.control.domain}/`)],
    }),
  ];
};
