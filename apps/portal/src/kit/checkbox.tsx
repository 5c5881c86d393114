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

// The tick and the dash are clipped grounds: the content security policy allows no images but files.
const boxClass = clsx(
  'size-4 shrink-0 cursor-pointer appearance-none rounded-xs border border-n8 bg-raised hover:border-n10 forced-colors:appearance-auto',
  'before:block before:size-full before:bg-on-accent before:opacity-0',
  'checked:border-accent-fill checked:bg-accent-fill checked:before:opacity-100',
  'checked:before:[clip-path:polygon(16%_50%,28%_38%,43%_54%,72%_20%,84%_32%,44%_78%)]',
  'indeterminate:border-accent-fill indeterminate:bg-accent-fill indeterminate:before:opacity-100',
  'indeterminate:before:[clip-path:inset(42%_20%)]',
  'disabled:cursor-default disabled:border-n6 disabled:bg-n3',
);

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
        className={boxClass}
      />
      <span className={labelHidden ? 'sr-only' : 'min-w-0'}>{label}</span>
    </label>
  );
}
