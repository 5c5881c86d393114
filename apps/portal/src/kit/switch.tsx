import { clsx } from 'clsx';
import type { ReactNode } from 'react';

export interface SwitchProps {
  checked: boolean;
  onChange: (checked: boolean) => void;
  label: ReactNode;
  hint?: ReactNode;
  disabled?: boolean;
}

/** For a setting that takes effect at once; use a checkbox inside a form that is saved. */
export function Switch({ checked, onChange, label, hint, disabled = false }: SwitchProps) {
  return (
    <label className={clsx('flex min-h-6 items-center gap-3', disabled ? 'opacity-60' : 'cursor-pointer')}>
      <input
        type="checkbox"
        role="switch"
        aria-checked={checked}
        checked={checked}
        disabled={disabled}
        onChange={(event) => onChange(event.target.checked)}
        className="peer sr-only"
      />
      <span
        aria-hidden
        className={clsx(
          'relative h-5 w-9 shrink-0 rounded-full border motion-safe:transition-colors motion-safe:duration-100 peer-focus-visible:outline-2 peer-focus-visible:outline-offset-1 peer-focus-visible:outline-accent',
          checked ? 'border-accent-fill bg-accent-fill' : 'border-n8 bg-n4',
        )}
      >
        <span
          className={clsx(
            'absolute top-0.5 left-0.5 size-3.5 rounded-full motion-safe:transition-transform motion-safe:duration-100',
            checked ? 'translate-x-4 bg-on-accent' : 'bg-n9',
          )}
        />
      </span>
      <span className="min-w-0">
        {label}
        {hint !== undefined && <span className="block text-12 text-n9">{hint}</span>}
      </span>
    </label>
  );
}
