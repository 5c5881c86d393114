import { clsx } from 'clsx';
import { ChevronDown } from 'lucide-react';
import type { ComponentProps } from 'react';
import { controlClass, Field, type FieldProps } from './field.tsx';

export interface SelectOption<T extends string = string> {
  value: T;
  label: string;
  disabled?: boolean;
}

export interface SelectProps<T extends string>
  extends Omit<ComponentProps<'select'>, 'value' | 'onChange' | 'children' | 'size'> {
  options: readonly SelectOption<T>[];
  value: T;
  onChange: (value: T) => void;
  /** `small` is 24 px high, for toolbars. */
  size?: 'small' | 'medium';
}

/** The browser's own list (type-ahead, touch wheels and screen readers for nothing), in our dress. */
export function Select<T extends string>({
  options,
  value,
  onChange,
  size = 'medium',
  className,
  ...rest
}: SelectProps<T>) {
  return (
    <span className={clsx('relative inline-flex min-w-0', className)}>
      <select
        {...rest}
        value={value}
        onChange={(event) => onChange(event.target.value as T)}
        className={clsx(controlClass, 'w-full appearance-none truncate pr-7', size === 'small' ? 'h-6 text-12' : 'h-8')}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value} disabled={option.disabled}>
            {option.label}
          </option>
        ))}
      </select>
      <ChevronDown
        aria-hidden
        size={14}
        className="pointer-events-none absolute top-1/2 right-2 -translate-y-1/2 text-n9"
      />
    </span>
  );
}

export type SelectFieldProps<T extends string> = Omit<FieldProps, 'children'> & Omit<SelectProps<T>, 'id' | 'required'>;

export function SelectField<T extends string>({
  label,
  hint,
  error,
  labelHidden,
  className,
  ...select
}: SelectFieldProps<T>) {
  return (
    <Field
      label={label}
      {...(hint !== undefined && { hint })}
      {...(error !== undefined && { error })}
      {...(labelHidden !== undefined && { labelHidden })}
      {...(className !== undefined && { className })}
    >
      {(ids) => <Select {...select} {...ids} />}
    </Field>
  );
}
