import { clsx } from 'clsx';
import type { ReactNode } from 'react';

export interface CheckboxProps {
  checked: boolean | 'some';
  onChange: (checked: boolean) => void;
  label: ReactNode;
  labelHidden?: boolean;
  disabled?: boolean;
  /** For a list that roves its own focus. */
  tabIndex?: number;
  className?: string;
}

export function Checkbox({
  checked,
  onChange,
  label,
  labelHidden = false,
  disabled,
  tabIndex,
  className,
}: CheckboxProps) {
  return (
    <label className={clsx('inline-flex min-h-6 min-w-6 cursor-pointer items-center justify-center gap-2', className)}>
      <input
        type="checkbox"
        ref={(node) => {
          if (node) node.indeterminate = checked === 'some';
        }}
        checked={checked === true}
        disabled={disabled}
        tabIndex={tabIndex}
        onChange={(event) => onChange(event.target.checked)}
        className="size-4 cursor-pointer accent-accent-fill"
      />
      <span className={labelHidden ? 'sr-only' : 'min-w-0'}>{label}</span>
    </label>
  );
}
