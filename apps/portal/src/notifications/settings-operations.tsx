import type { OperationsChoice } from '@throughline/model';
import { type ReactNode, useState } from 'react';
import { Checkbox, SelectField, TextField } from '../kit/index.ts';
import type { StepProps } from './rule-wizard.tsx';
import { operationWords } from './rule-words.ts';

const silences = [
  { value: 'rhythm', label: 'By its own rhythm' },
  { value: '30', label: '30 minutes' },
  { value: '60', label: 'An hour' },
  { value: '240', label: '4 hours' },
  { value: '1440', label: 'A day' },
  { value: '4320', label: '3 days' },
];

/** What of the server a rule watches, and how much is too much. */
export function SettingsOperations({ draft, onChange }: StepProps) {
  const { operations: watch } = draft;
  if (watch === null) return null;
  const put = (part: Partial<OperationsChoice>) => onChange({ operations: { ...watch, ...part } });
  const { sourceSilent, ledgerUnbalanced, diskLow, jobFailing, deadLetters } = watch;
  const own = String(sourceSilent?.minutes ?? 'rhythm');
  const silent = silences.some(({ value }) => value === own)
    ? silences
    : [...silences, { value: own, label: `${own} minutes` }];
  return (
    <fieldset className="flex flex-col gap-3">
      <legend className="pb-1 text-12 font-medium text-n11">Tell when</legend>
      <Watch
        label={operationWords.sourceSilent}
        on={sourceSilent !== null}
        onToggle={(on) => put({ sourceSilent: on ? { sources: null, minutes: null } : null })}
      >
        {sourceSilent !== null && (
          <div className="flex flex-col gap-3">
            <SelectField
              label="Nothing came for"
              hint="Its own rhythm: half as long again as its longest silence of two weeks, an hour at least."
              options={silent}
              value={own}
              onChange={(value) =>
                put({ sourceSilent: { ...sourceSilent, minutes: value === 'rhythm' ? null : Number(value) } })
              }
              className="max-w-72"
            />
            <NamesField
              label="Only these sources"
              hint="As the ledger names them, between commas. Empty: any."
              names={sourceSilent.sources}
              onChange={(sources) => put({ sourceSilent: { ...sourceSilent, sources } })}
            />
          </div>
        )}
      </Watch>
      <Watch
        label={operationWords.ledgerUnbalanced}
        on={ledgerUnbalanced !== null}
        onToggle={(on) => put({ ledgerUnbalanced: on ? { minutes: 10 } : null })}
      >
        {ledgerUnbalanced !== null && (
          <NumberField
            label="For longer than, minutes"
            most={1440}
            value={ledgerUnbalanced.minutes}
            onChange={(minutes) => put({ ledgerUnbalanced: { minutes } })}
          />
        )}
      </Watch>
      <Watch
        label={operationWords.diskLow}
        on={diskLow !== null}
        onToggle={(on) => put({ diskLow: on ? { percent: 10, gigabytes: null } : null })}
      >
        {diskLow !== null && (
          <div className="flex flex-wrap gap-3">
            <NumberField
              label="Free space below, percent"
              most={90}
              value={diskLow.percent ?? 10}
              onChange={(percent) => put({ diskLow: { ...diskLow, percent } })}
            />
            <TextField
              label="Or below, GB"
              hint="Empty: the share alone counts."
              type="number"
              min={1}
              max={100_000}
              value={diskLow.gigabytes ?? ''}
              onChange={(event) => {
                const wanted = Number(event.target.value);
                put({
                  diskLow: { ...diskLow, gigabytes: wanted > 0 ? Math.min(100_000, Math.max(0.1, wanted)) : null },
                });
              }}
              className="max-w-48"
            />
          </div>
        )}
      </Watch>
      <Watch
        label={operationWords.jobFailing}
        on={jobFailing !== null}
        onToggle={(on) => put({ jobFailing: on ? { times: 3 } : null })}
      >
        {jobFailing !== null && (
          <NumberField
            label="Failed in a row, times"
            most={100}
            value={jobFailing.times}
            onChange={(times) => put({ jobFailing: { times } })}
          />
        )}
      </Watch>
      <Watch
        label={operationWords.deadLetters}
        on={deadLetters !== null}
        onToggle={(on) => put({ deadLetters: on ? { count: 100 } : null })}
      >
        {deadLetters !== null && (
          <NumberField
            label="Within an hour, more than"
            most={1_000_000}
            value={deadLetters.count}
            onChange={(count) => put({ deadLetters: { count } })}
          />
        )}
      </Watch>
    </fieldset>
  );
}

function Watch({
  label,
  on,
  onToggle,
  children,
}: {
  label: string;
  on: boolean;
  onToggle: (on: boolean) => void;
  children: ReactNode;
}) {
  return (
    <div>
      <Checkbox className="justify-start!" checked={on} onChange={onToggle} label={label} />
      {on && <div className="pl-6">{children}</div>}
    </div>
  );
}

/** Names between commas; null = none. */
function NamesField({
  label,
  hint,
  names,
  onChange,
}: {
  label: string;
  hint: string;
  names: readonly string[] | null;
  onChange: (names: string[] | null) => void;
}) {
  const [text, setText] = useState(names?.join(', ') ?? '');
  return (
    <TextField
      label={label}
      hint={hint}
      value={text}
      onChange={(event) => {
        setText(event.target.value);
        const words = event.target.value.split(',').map((word) => word.trim());
        const wanted = [...new Set(words)].filter((word) => word !== '').slice(0, 100);
        onChange(wanted.length === 0 ? null : wanted);
      }}
      className="max-w-96"
    />
  );
}

function NumberField({
  label,
  most,
  value,
  onChange,
}: {
  label: string;
  most: number;
  value: number;
  onChange: (value: number) => void;
}) {
  return (
    <TextField
      label={label}
      type="number"
      min={1}
      max={most}
      value={String(value)}
      onChange={(event) => {
        const wanted = Math.round(Number(event.target.value));
        onChange(Math.min(most, Math.max(1, Number.isFinite(wanted) ? wanted : 1)));
      }}
      className="max-w-48"
    />
  );
}
