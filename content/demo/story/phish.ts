import { documentUrl, files, hosts, mailToMira, mailToTomas, phishingUrl } from '../cast/attacker.ts';
import { finWs07, finWs11 } from '../cast/devices.ts';
import { mira, tomas } from '../cast/people.ts';
import type { Act } from '../entry.ts';
import { firewallAlert } from '../vendor/cef.ts';
import { graphAlert } from '../vendor/graph.ts';
import * as evidence from '../vendor/graph-evidence.ts';
import { suricataAlert } from '../vendor/suricata.ts';

/** Two people in finance get a mail from a look-alike domain; both follow its link. */
export const phish: Act = (at) => {
  const delivered = at('1 08:41:10');
  const impersonation = (id: string, time: Date, mail: typeof mailToMira) =>
    graphAlert({
      id,
      product: 'office',
      time,
      title: 'Mail from a domain that impersonates yours was delivered',
      description: `A mail from ${mail.sender}, which resembles a domain of the organisation, reached ${mail.to.upn}.`,
      severity: 'medium',
      category: 'InitialAccess',
      techniques: ['T1566.002'],
      evidence: [
        evidence.message(mail, delivered, [phishingUrl]),
        evidence.mailbox(mail.to),
        evidence.ip(hosts.mailer),
      ],
    });
  const click = (id: string, time: Date, mail: typeof mailToMira) =>
    graphAlert({
      id,
      product: 'office',
      time,
      title: 'A potentially malicious URL click was detected',
      description: `${mail.to.name} followed a link that was later found to be malicious.`,
      severity: 'high',
      category: 'InitialAccess',
      techniques: ['T1566.002', 'T1204.001'],
      recommended: 'Ask the person what they typed on the page. Reset the password and revoke sessions if in doubt.',
      evidence: [
        evidence.user(mail.to),
        evidence.url(phishingUrl),
        evidence.message(mail, delivered, [phishingUrl]),
        evidence.mailbox(mail.to),
      ],
    });
  const falsePage = (flow: string, time: Date, from: string) =>
    suricataAlert({
      flow,
      time,
      signatureId: 9_100_101,
      signature: 'AF PHISHING Sign-in page on look-alike domain (TLS SNI)',
      category: 'Possible Social Engineering Attempted',
      severity: 1,
      from,
      to: hosts.phishingSite.ip,
      port: 443,
      metadata: { mitre_tactic_name: ['Initial_Access'], mitre_technique_id: ['T1566'] },
      layer: { app_proto: 'tls', tls: { sni: hosts.phishingSite.domain, version: 'TLS 1.3' } },
    });

  return [
    impersonation('af-phish-01', at('1 08:44:10'), mailToMira),
    impersonation('af-phish-02', at('1 08:44:22'), mailToTomas),
    falsePage('phish mira', at('1 08:56:48'), finWs07.ip),
    click('af-phish-03', at('1 08:58:05'), mailToMira),
    falsePage('phish tomas', at('1 09:02:33'), finWs11.ip),
    click('af-phish-04', at('1 09:03:50'), mailToTomas),
    firewallAlert({
      session: 'document download',
      time: at('1 09:39:57'),
      logId: 12_289,
      event: 'utm:webfilter newly-registered domain',
      severity: 6,
      from: finWs07,
      user: mira,
      to: hosts.phishingSite,
      act: 'passthrough',
      request: documentUrl,
      category: 'Newly Registered Domain',
      message: 'URL belongs to a newly registered domain; a document with macros was passed',
      bytes: [2_210, 190_440],
    }),
    graphAlert({
      id: 'af-phish-05',
      product: 'office',
      time: at('1 09:52:30'),
      title: 'Email messages containing malicious URL removed after delivery',
      description: 'Two mails with a malicious link were moved to quarantine 71 minutes after delivery.',
      severity: 'informational',
      category: 'InitialAccess',
      techniques: ['T1566.002'],
      evidence: [
        evidence.message(mailToMira, delivered, [phishingUrl, documentUrl], 'quarantine'),
        evidence.message(mailToTomas, delivered, [phishingUrl, documentUrl], 'quarantine'),
        evidence.url(phishingUrl),
        evidence.file(files.document),
      ],
    }),
    graphAlert({
      id: 'af-phish-06',
      product: 'office',
      time: at('1 10:31:12'),
      title: 'Email reported by user as malware or phish',
      description: 'Tomas Okafor reported a mail as phishing, 88 minutes after he had followed its link.',
      severity: 'low',
      category: 'InitialAccess',
      techniques: ['T1566'],
      evidence: [evidence.submission(mailToTomas, at('1 10:30:02')), evidence.user(tomas, 'contextual')],
    }),
  ];
};
