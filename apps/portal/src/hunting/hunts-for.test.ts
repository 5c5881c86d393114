import { huntingTables } from '@throughline/model/hunting';
import { beforeAll, describe, expect, it } from 'vitest';
import { huntsFor } from './hunts-for.ts';
import { type KustoAnswers, type KustoLanguage, kustoAnswers } from './kusto-answers.ts';
import { samples } from './samples.ts';

let answers: KustoAnswers;

beforeAll(async () => {
  // @ts-expect-error the minified files bring no types of their own
  await import('@kusto/language-service-next/bridge.min.js');
  // @ts-expect-error the minified files bring no types of their own
  await import('@kusto/language-service-next/Kusto.Language.Bridge.min.js');
  const kusto = (globalThis as unknown as { Kusto: { Language: KustoLanguage } }).Kusto.Language;
  answers = kustoAnswers(
    kusto,
    [...huntingTables()].map(([name, columns]) => ({ name, columns })),
  );
}, 60_000);

const subjects = [
  ['device', 'fin-ws-07'],
  ['user', 'mira@corp.example'],
  ['mailbox', 'mira@corp.example'],
  ['file', 'a"b\\c.exe'],
  ['file', '0'.repeat(64)],
  ['file', '0'.repeat(40)],
  ['process', 'cmd.exe'],
  ['ip', '203.0.113.5'],
  ['url', 'https://a.example/x'],
  ['domain', 'a.example'],
  ['message', '<1@a.example>'],
  ['registry', 'HKLM\\Software\\Run'],
  ['cloudApplication', '20892'],
] as const;

describe('hunts that are offered for a thing', () => {
  it.each(subjects)('about a %s %s bind on our tables', (kind, value) => {
    for (const around of [undefined, Date.UTC(2026, 2, 11)]) {
      const hunts = huntsFor({ kind, value }, around);
      expect(hunts.length).toBeGreaterThan(0);
      for (const { label, query } of hunts) {
        const errors = answers.diagnose(query).filter(({ severity }) => severity === 'error');
        expect(errors, `${label}\n${query}`).toEqual([]);
      }
    }
  });

  it('are none where no event names the thing', () => {
    expect(huntsFor({ kind: 'securityGroup', value: 'x' })).toEqual([]);
  });

  it.each(samples)('to begin with: $name', ({ query }) => {
    expect(answers.diagnose(query).filter(({ severity }) => severity === 'error')).toEqual([]);
  });
});
