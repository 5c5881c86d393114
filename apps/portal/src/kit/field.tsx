import { clsx } from 'clsx';
import type { ComponentProps, ReactNode } from 'react';
import { useId } from 'react';

export interface FieldIds {
  id: string;
  'aria-describedby'?: string;
  'aria-invalid'?: true;
  required?: true;
}

export interface FieldProps {
  label: string;
  hint?: ReactNode;
  error?: string | undefined;
  required?: boolean;
  /** Keeps the label for screen readers only. */
  labelHidden?: boolean;
  className?: string;
  /** Receives the ids that tie the control to its label, hint and error. */
  children: (ids: FieldIds) => ReactNode;
}

export function Field({ label, hint, error, required, labelHidden = false, className, children }: FieldProps) {
  const id = useId();
  const notes = [hint !== undefined && `${id}-hint`, error !== undefined && `${id}-error`].filter(Boolean).join(' ');
  return (
    <div className={clsx('flex min-w-0 flex-col gap-1', className)}>
      <label htmlFor={id} className={labelHidden ? 'sr-only' : 'text-12 font-medium text-n11'}>
        {label}
      </label>
      {children({
        id,
        ...(notes && { 'aria-describedby': notes }),
        ...(error !== undefined && { 'aria-invalid': true as const }),
        ...(required && { required: true as const }),
      })}
      {error !== undefined && (
        <p id={`${id}-error`} className="text-12 text-high">
          {error}
        </p>
      )}
      {hint !== undefined && (
        <p id={`${id}-hint`} className="text-12 text-n9">
          {hint}
        </p>
      )}
    </div>
  );
}

/** The shared look of everything one types or chooses in. */
export const controlClass =
  'rounded-md border border-n8 bg-raised px-2 text-13 text-n12 hover:border-n9 aria-invalid:border-high-fill disabled:opacity-60';

type TextFieldProps = Omit<FieldProps, 'children'> & Omit<ComponentProps<'input'>, 'id' | 'children' | 'required'>;

export function TextField({ label, hint, error, required, labelHidden, className, ...input }: TextFieldProps) {
  return (
    <Field {...given({ label, hint, error, required, labelHidden, className })} label={label}>
      {(ids) => <input {...input} {...ids} className={clsx(controlClass, 'h-8 w-full')} />}
    </Field>
  );
}

type TextAreaFieldProps = Omit<FieldProps, 'children'> &
  Omit<ComponentProps<'textarea'>, 'id' | 'children' | 'required'>;

export function TextAreaField({ label, hint, error, required, labelHidden, className, ...area }: TextAreaFieldProps) {
  return (
    <Field {...given({ label, hint, error, required, labelHidden, className })} label={label}>
      {(ids) => <textarea rows={3} {...area} {...ids} className={clsx(controlClass, 'w-full resize-y py-1.5')} />}
    </Field>
  );
}

function given<T extends object>(props: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(props).filter(([, value]) => value !== undefined)) as never;
}
