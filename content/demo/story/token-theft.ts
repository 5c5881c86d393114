import { hosts, phishingUrl, sessions } from '../cast/attacker.ts';
import { mira, tomas } from '../cast/people.ts';
import type { Act } from '../entry.ts';
import { graphAlert } from '../vendor/graph.ts';
import * as evidence from '../vendor/graph-evidence.ts';
import { account, address, sentinelAlert } from '../vendor/sentinel.ts';

/** The false page passed the sign-ins on and kept the session tokens; they are used from abroad within minutes. */
export const tokenTheft: Act = (at) => {
  const abroad = evidence.ip(hosts.signIn.ip, 'attacker', hosts.signIn.country);
  const anomalousToken = (id: string, moment: string, who: 'mira' | 'tomas') => {
    const person = who === 'mira' ? mira : tomas;
    return graphAlert({
      id,
      product: 'entra',
      time: at(moment),
      title: 'Anomalous Token',
      description: `A session of ${person.name} is used with unusual token properties from another place than it began.`,
      severity: 'high',
      category: 'CredentialAccess',
      techniques: ['T1528', 'T1550.004'],
      recommended: 'Revoke the sessions of the account, then reset its password.',
      evidence: [evidence.user(person), abroad, evidence.session(sessions[who], person, at(moment))],
    });
  };

  return [
    graphAlert({
      id: 'af-token-01',
      product: 'entra',
      time: at('1 09:11:20'),
      title: 'Unfamiliar sign-in properties',
      description: 'Sign-in of Mira Keller with a browser, network and place not seen for this account before.',
      severity: 'medium',
      category: 'InitialAccess',
      techniques: ['T1078.004'],
      evidence: [evidence.user(mira), abroad, evidence.session(sessions.mira, mira, at('1 09:11:04'))],
    }),
    anomalousToken('af-token-02', '1 09:14:41', 'mira'),
    graphAlert({
      id: 'af-token-03',
      product: 'xdr',
      time: at('1 09:17:30'),
      title: 'Sign-in through an adversary-in-the-middle phishing page',
      description: 'The session of Mira Keller was opened through a page that relays sign-ins.',
      severity: 'high',
      category: 'CredentialAccess',
      techniques: ['T1557', 'T1539'],
      evidence: [
        evidence.user(mira),
        evidence.url(phishingUrl),
        abroad,
        evidence.session(sessions.mira, mira, at('1 09:11:04')),
      ],
    }),
    anomalousToken('af-token-04', '1 09:21:16', 'tomas'),
    sentinelAlert({
      name: 'new country tomas',
      time: at('1 09:24:00'),
      rule: 'Sign-in from a country new to the organisation',
      description: 'Nobody of the organisation has signed in from Iceland in the last 90 days.',
      severity: 'Medium',
      tactics: 'InitialAccess',
      techniques: ['T1078'],
      entities: [account(tomas), account(mira), address(hosts.signIn.ip)],
    }),
    sentinelAlert({
      name: 'mfa method mira',
      time: at('1 09:31:10'),
      rule: 'Authentication method added shortly after a risky sign-in',
      description: 'A new authenticator was registered for Mira Keller 20 minutes after a risky sign-in.',
      severity: 'High',
      tactics: 'Persistence',
      techniques: ['T1556', 'T1098'],
      entities: [account(mira), address(hosts.signIn.ip)],
    }),
    graphAlert({
      id: 'af-token-05',
      product: 'cloudApps',
      time: at('1 09:36:45'),
      title: 'Activity from infrequent country',
      description: 'Mira Keller was active in Exchange Online from Iceland.',
      severity: 'medium',
      category: 'DefenseEvasion',
      techniques: ['T1078'],
      evidence: [evidence.user(mira), abroad, evidence.cloudApplication(20_893, 'Microsoft Exchange Online')],
    }),
    sentinelAlert({
      name: 'mfa phone tomas',
      time: at('1 09:47:35'),
      rule: 'Authentication phone number changed from an unmanaged device',
      description: 'The phone number of Tomas Okafor was changed from a device the organisation does not manage.',
      severity: 'Medium',
      tactics: 'Persistence',
      techniques: ['T1556'],
      entities: [account(tomas), address(hosts.signIn.ip)],
    }),
  ];
};
