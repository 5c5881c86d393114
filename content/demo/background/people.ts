import type { Mail } from '../cast/attacker.ts';
import { colleagues, salesPeople, tomas } from '../cast/people.ts';
import { guid } from '../stable-id.ts';
import { graphAlert } from '../vendor/graph.ts';
import * as evidence from '../vendor/graph-evidence.ts';
import { account, address, sentinelAlert } from '../vendor/sentinel.ts';
import { habit } from './habit.ts';

const junkMail = (key: string, to: Mail['to']): Mail => ({
  to,
  networkMessageId: guid(`junk ${key}`),
  internetMessageId: `<${guid(`junk id ${key}`)}@offers.example>`,
  subject: 'Your weekly offers',
  sender: 'news@offers.example',
});
const id = (key: string): string => `bg-${key.replaceAll(' ', '-')}`;
const [pia] = salesPeople;
const [, , , , , , greta] = colleagues;

/** What people do: report junk, travel, share a statement, and forget that an account was closed. */
export const peopleHabits = [
  habit({
    name: 'junk reported',
    on: [greta],
    rounds: [
      [8, 9],
      [12, 13],
      [15, 16],
    ],
    alert: (person, time, key) =>
      graphAlert({
        id: id(key),
        product: 'office',
        time,
        title: 'Email reported by user as junk',
        description: `${person.name} reported a newsletter.`,
        severity: 'informational',
        category: 'ThreatManagement',
        evidence: [evidence.submission(junkMail(key, person), time), evidence.user(person, 'contextual')],
      }),
  }),
  habit({
    name: 'travel',
    on: [pia],
    rounds: [
      [6, 7],
      [11, 12],
      [15, 16],
    ],
    alert: (person, time, key, dice) =>
      graphAlert({
        id: id(key),
        product: 'entra',
        time,
        title: 'Atypical travel',
        description: `${person.name} signed in from two places that are far apart.`,
        severity: 'low',
        category: 'InitialAccess',
        techniques: ['T1078'],
        evidence: [evidence.user(person), evidence.ip('192.0.2.155', 'contextual', dice.of(['FR', 'ES', 'DK', 'SE']))],
      }),
  }),
  habit({
    name: 'shared document',
    // Tomas sends statements to the auditors every day.
    on: [tomas],
    rounds: [
      [7, 7],
      [12, 12],
      [14, 14],
    ],
    alert: (person, time, key) =>
      graphAlert({
        id: id(key),
        product: 'dlp',
        time,
        title: 'DLP policy hint: financial data shared outside',
        description: `${person.name} shared a document with bank account numbers and gave a business reason.`,
        severity: 'low',
        category: 'Exfiltration',
        evidence: [
          evidence.user(person, 'policyViolator'),
          evidence.cloudApplication(20_892, 'Microsoft SharePoint Online'),
        ],
      }),
  }),
  habit({
    name: 'closed account',
    on: [colleagues[10]],
    rounds: [
      [7, 8],
      [11, 12],
      [15, 16],
    ],
    alert: (person, time, key) =>
      sentinelAlert({
        name: key,
        time,
        rule: 'Sign-in attempts to disabled accounts',
        description: 'A phone still tries to fetch mail for an account that was closed.',
        severity: 'Low',
        tactics: 'InitialAccess',
        techniques: ['T1078'],
        entities: [account(person), address('192.0.2.44')],
      }),
  }),
];
