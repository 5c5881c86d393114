import { forwardingAddress, hosts, oauthApp, sessions } from '../cast/attacker.ts';
import { mira, tomas } from '../cast/people.ts';
import type { Act } from '../entry.ts';
import { graphAlert } from '../vendor/graph.ts';
import * as evidence from '../vendor/graph-evidence.ts';
import { account, address, cloudApplication, mailbox, sentinelAlert } from '../vendor/sentinel.ts';

/** In the two mailboxes: a rule that hides replies, a forward to outside, and an app that keeps reading after the passwords change. */
export const mailboxes: Act = (at) => {
  const abroad = evidence.ip(hosts.signIn.ip, 'attacker', hosts.signIn.country);
  const exchange = evidence.cloudApplication(20_893, 'Microsoft Exchange Online');
  const app = evidence.oauthApplication(oauthApp);
  const tomasSession = evidence.session(sessions.tomas, tomas, at('1 09:21:02'));

  return [
    graphAlert({
      id: 'af-mailbox-01',
      product: 'cloudApps',
      time: at('1 10:04:20'),
      title: 'Suspicious inbox manipulation rule',
      description:
        'A rule named "." moves mails about invoices and payments to the folder RSS Feeds and marks them read.',
      severity: 'high',
      category: 'DefenseEvasion',
      techniques: ['T1564.008'],
      recommended: 'Remove the rule, then look at what it moved.',
      evidence: [evidence.user(tomas), evidence.mailbox(tomas), abroad, tomasSession, exchange],
    }),
    sentinelAlert({
      name: 'inbox rule tomas',
      time: at('1 10:08:00'),
      rule: 'Inbox rule with finance words moves mail out of sight',
      description: 'New-InboxRule in the mailbox of Tomas Okafor with the words invoice, remittance, bank details.',
      severity: 'Medium',
      tactics: 'DefenseEvasion,Collection',
      techniques: ['T1564', 'T1114'],
      entities: [account(tomas), mailbox(tomas), address(hosts.signIn.ip)],
    }),
    graphAlert({
      id: 'af-mailbox-02',
      product: 'office',
      time: at('1 10:16:05'),
      title: 'Creation of forwarding/redirect rule',
      description: `Mail of Tomas Okafor is forwarded to ${forwardingAddress}.`,
      severity: 'medium',
      category: 'Collection',
      techniques: ['T1114.003'],
      evidence: [evidence.user(tomas), evidence.mailbox(tomas), abroad],
    }),
    graphAlert({
      id: 'af-mailbox-03',
      product: 'cloudApps',
      time: at('1 10:22:40'),
      title: 'Suspicious inbox forwarding',
      description: 'A forwarding rule to an outside address nobody else has used was set from an unfamiliar address.',
      severity: 'high',
      category: 'Collection',
      techniques: ['T1114.003'],
      evidence: [evidence.user(tomas), evidence.mailbox(tomas), tomasSession, exchange],
    }),
    graphAlert({
      id: 'af-mailbox-04',
      product: 'cloudApps',
      time: at('1 10:37:15'),
      title: 'Unusual consent to an OAuth app',
      description: `Mira Keller gave ${oauthApp.name} (unverified publisher) leave to read and send mail at any time.`,
      severity: 'medium',
      category: 'Persistence',
      techniques: ['T1528', 'T1098'],
      evidence: [evidence.user(mira), app, abroad],
    }),
    sentinelAlert({
      name: 'rare consent',
      time: at('1 10:42:00'),
      rule: 'Rare application consent',
      description: `Consent to ${oauthApp.name} with Mail.ReadWrite, Mail.Send and offline_access; no one else uses it.`,
      severity: 'Medium',
      tactics: 'Persistence,CredentialAccess',
      techniques: ['T1528'],
      entities: [account(mira), cloudApplication(oauthApp.appId, oauthApp.name), address(hosts.signIn.ip)],
    }),
    graphAlert({
      id: 'af-mailbox-05',
      product: 'appGovernance',
      time: at('1 11:12:30'),
      title: 'App with an unverified publisher reads mail in bulk',
      description: `${oauthApp.name} read 2,140 mails of Mira Keller in 25 minutes.`,
      severity: 'high',
      category: 'Collection',
      techniques: ['T1114.002'],
      recommended: 'Disable the app; do not delete it, so that its activity can be examined.',
      evidence: [app, evidence.user(mira), evidence.mailbox(mira)],
    }),
  ];
};
