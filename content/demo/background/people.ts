import type { Mail } from '../cast/attacker.ts';
import { colleagues, salesPeople, tomas } from '../cast/people.ts';
import { guid } from '../stable-id.ts';
import { graphAlert } from '../vendor/graph.ts';
import * as evidence from '../vendor/graph-evidence.ts';
import { account, address, sentinelAlert } from '../vendor/sentinel.ts';
import type { Habit } from './habit.ts';

const junkMail = (key: string, to: Mail['to']): Mail => ({
  to,
  networkMessageId: guid(`junk ${key}`),
  internetMessageId: `<${guid(`junk id ${key}`)}@offers.example>`,
  subject: 'Your weekly offers',
  sender: 'news@offers.example',
});
const id = (key: string): string => `bg-${key.replaceAll(' ', '-')}`;

/** What people do: report junk, travel, share a price list, and forget that an account was closed. */
export const peopleHabits: Habit[] = [
  {
    name: 'junk reported',
    perDay: 3,
    hours: [8, 17],
    alert: (time, key, dice) => {
      const person = dice.of(colleagues);
      return graphAlert({
        id: id(key),
        product: 'office',
        time,
        title: 'Email reported by user as junk',
        description: `${person.name} reported a newsletter.`,
        severity: 'informational',
        category: 'ThreatManagement',
        evidence: [evidence.submission(junkMail(key, person), time), evidence.user(person, 'contextual')],
      });
    },
  },
  {
    name: 'travel',
    perDay: 2,
    hours: [6, 21],
    alert: (time, key, dice) => {
      const person = dice.of(salesPeople);
      return graphAlert({
        id: id(key),
        product: 'entra',
        time,
        title: 'Atypical travel',
        description: `${person.name} signed in from two places that are far apart.`,
        severity: 'low',
        category: 'InitialAccess',
        techniques: ['T1078'],
        evidence: [
          evidence.user(person),
          evidence.ip(`192.0.2.${dice.between(150, 170)}`, 'contextual', dice.of(['FR', 'ES', 'DK', 'SE'])),
        ],
      });
    },
  },
  {
    name: 'shared document',
    perDay: 2,
    hours: [9, 17],
    alert: (time, key, dice, index) => {
      // Tomas sends statements to the auditors every day.
      const person = index === 0 ? tomas : dice.of(colleagues);
      return graphAlert({
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
      });
    },
  },
  {
    name: 'closed account',
    perDay: 2,
    hours: [6, 20],
    alert: (time, key, dice) =>
      sentinelAlert({
        name: key,
        time,
        rule: 'Sign-in attempts to disabled accounts',
        description: 'A phone still tries to fetch mail for an account that was closed.',
        severity: 'Low',
        tactics: 'InitialAccess',
        techniques: ['T1078'],
        entities: [account(dice.of([colleagues[10], colleagues[11]])), address('192.0.2.44')],
      }),
  },
];
