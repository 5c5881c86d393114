import { beforeAll, describe, expect, it } from 'vitest';
import { type KustoAnswers, type KustoLanguage, kustoAnswers } from './kusto-answers.ts';

let answers: KustoAnswers;

beforeAll(async () => {
  // @ts-expect-error the minified files bring no types of their own
  await import('@kusto/language-service-next/bridge.min.js');
  // @ts-expect-error the minified files bring no types of their own
  await import('@kusto/language-service-next/Kusto.Language.Bridge.min.js');
  const kusto = (globalThis as unknown as { Kusto: { Language: KustoLanguage } }).Kusto.Language;
  answers = kustoAnswers(kusto, [
    {
      name: 'DeviceProcessEvents',
      columns: [
        { name: 'Timestamp', type: 'datetime' },
        { name: 'DeviceName', type: 'string' },
      ],
    },
  ]);
}, 60_000);

describe('what the editor is told about a query', () => {
  it('completes columns of the table at hand', () => {
    const text = 'DeviceProcessEvents | where Devi';
    const { from, to, items } = answers.complete(text, text.length);
    expect(text.slice(from, to)).toBe('Devi');
    expect(items).toContainEqual({ text: 'DeviceName ', after: '', label: 'DeviceName', kind: 'column' });
  });

  it('completes tables at the start', () => {
    expect(answers.complete('', 0).items).toContainEqual(
      expect.objectContaining({ label: 'DeviceProcessEvents', kind: 'table' }),
    );
  });

  it('finds what does not exist, where it stands', () => {
    const text = 'DeviceProcessEvents | where Nonsense == 1';
    const [finding] = answers.diagnose(text);
    expect(finding).toMatchObject({ severity: 'error', message: expect.stringContaining('Nonsense') });
    expect(text.slice(finding?.from, finding?.to)).toBe('Nonsense');
    expect(answers.diagnose('DeviceProcessEvents | count')).toEqual([]);
  });

  it('says what the words are', () => {
    const text = 'DeviceProcessEvents | where DeviceName == "a" // note';
    const words = answers.classify(text).map(({ from, to, kind }) => [text.slice(from, to), kind]);
    expect(words).toEqual(
      expect.arrayContaining([
        ['DeviceProcessEvents', 'table'],
        ['where', 'keyword'],
        ['DeviceName', 'column'],
        ['"a"', 'string'],
        ['// note', 'comment'],
      ]),
    );
  });

  it('explains a name', () => {
    expect(answers.explain('DeviceProcessEvents | count', 3)).toContain('DeviceProcessEvents');
  });
});
