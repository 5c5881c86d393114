import type { OperationsChoice } from '@throughline/model';
import type { ReactNode } from 'react';
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
          <NumberField
            label="Free space below, percent"
            most={90}
            value={diskLow.percent ?? 10}
            onChange={(percent) => put({ diskLow: { ...diskLow, percent } })}
          />
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
