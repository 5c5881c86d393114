import { type DetectionDetail, usualWindowMinutes } from '@throughline/model';
import type { ReactNode } from 'react';
import { Anchor, Button, KeyValueList, SeverityMark, TacticStrip, Tag } from '../kit/index.ts';
import { levelWords, severityOfLevel, shareWords } from './detection-words.ts';

/** Who wrote a rule and under what licence, where it looks, what it costs. */
export function RuleFacts({ rule, onWindow }: { rule: DetectionDetail; onWindow: (() => void) | undefined }) {
  const rows: [string, ReactNode][] = [
    ['Author', rule.author === '' ? 'The rule names none' : rule.author],
    ['Licence', rule.licence === '' ? 'The rule states none' : rule.licence],
    [
      'Level',
      <span key="level" className="inline-flex items-center gap-2">
        <SeverityMark severity={severityOfLevel[rule.level]} form="word" />
        {rule.level === 'critical' && <Tag tone="high">{levelWords.critical}</Tag>}
      </span>,
    ],
    ['Status', rule.status],
    ['Log source', rule.kind === 'correlation' ? 'Matches of other rules' : rule.logSource],
    ['Tactics', rule.tactics.length === 0 ? null : <TacticStrip key="tactics" tactics={rule.tactics} size="large" />],
    ['Techniques', rule.techniques.join(', ')],
    [
      'Repeats fold',
      <span key="window" className="inline-flex flex-wrap items-center gap-2">
        {(rule.windowMinutes ?? usualWindowMinutes).toLocaleString('en')} minutes
        {rule.windowMinutes === null && ', as usual'}
        {onWindow && (
          <Button size="small" variant="quiet" onClick={onWindow}>
            Change
          </Button>
        )}
      </span>,
    ],
    ['Cost', `${shareWords(rule.costShare)} of the time that all rules took`],
    ['Last match', rule.lastMatchDay ?? 'Never'],
    ['From', <code key="path">{rule.path}</code>],
    ['Id', <code key="id">{rule.id}</code>],
    [
      'References',
      rule.references.length === 0 ? null : (
        <ul key="references">
          {rule.references.map((reference) => (
            <li key={reference}>
              {/^https?:\/\//.test(reference) ? (
                <Anchor href={reference} target="_blank" rel="noreferrer">
                  {reference}
                </Anchor>
              ) : (
                reference
              )}
            </li>
          ))}
        </ul>
      ),
    ],
  ];
  return (
    <KeyValueList items={rows.flatMap(([key, value]) => (value === null || value === '' ? [] : [{ key, value }]))} />
  );
}
