import type { CorrelationParameter } from '@throughline/model';
import { useId } from 'react';
import { controlClass } from '../kit/field.tsx';
import { Button } from '../kit/index.ts';
import { unitWords } from './correlation-words.ts';
import { figure, wrongNumber } from './draft.ts';

interface NumberRowProps {
  parameter: CorrelationParameter;
  /** As typed; undefined where it is the default. */
  text: string | undefined;
  disabled: boolean;
  /** Undefined resets to the default. */
  onChange: (text: string | undefined) => void;
}

/** One number: what it does and why it is what it is, the field, its default and range. */
export function NumberRow({ parameter, text, disabled, onChange }: NumberRowProps) {
  const id = useId();
  const { label, meaning, reason, unit, default: shipped, min, max } = parameter;
  const error = text === undefined ? undefined : wrongNumber(parameter, text);
  const own = text !== undefined && text !== String(shipped);
  return (
    <div className="hairline grid gap-x-8 gap-y-2 border-b py-3 last:border-b-0 sm:grid-cols-[minmax(0,1fr)_14rem]">
      <div className="min-w-0">
        <label htmlFor={id} className="font-medium">
          {label}
        </label>
        <p id={`${id}-meaning`} className="text-n11">
          {meaning}
        </p>
        <p className="text-12 text-n9">
          Why {figure(shipped)}: {reason}
        </p>
      </div>
      <div className="flex min-w-0 flex-col gap-1">
        <div className="flex items-center gap-2">
          <input
            id={id}
            inputMode="decimal"
            autoComplete="off"
            value={text ?? String(shipped)}
            disabled={disabled}
            aria-describedby={`${id}-meaning ${id}-range`}
            aria-invalid={error !== undefined || undefined}
            onChange={(event) => onChange(event.target.value)}
            className={`${controlClass} h-8 w-24 text-right tabular-nums`}
          />
          <span className="text-n10">{unitWords[unit]}</span>
        </div>
        {error !== undefined && <p className="text-12 text-high">{error}</p>}
        <div className="flex min-h-6 items-center gap-2">
          <p id={`${id}-range`} className="text-12 text-n9">
            {figure(min)} to {figure(max)}
            {own && `, default ${figure(shipped)}`}
          </p>
          {own && !disabled && (
            <Button size="small" variant="quiet" onClick={() => onChange(undefined)} aria-label={`Reset ${label}`}>
              Reset
            </Button>
          )}
        </div>
      </div>
    </div>
  );
}
