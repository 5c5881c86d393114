import { clsx } from 'clsx';
import { X } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import { useId, useRef, useState } from 'react';
import { controlClass } from './field.tsx';
import { floatClass } from './popover.tsx';

export interface ComboboxOption {
  value: string;
  label: string;
  hint?: string;
}

export interface ComboboxProps {
  /** From Field, or with aria-label. */
  id?: string;
  'aria-label'?: string;
  'aria-describedby'?: string;
  options: readonly ComboboxOption[];
  values: readonly string[];
  onChange: (values: string[]) => void;
  /** At most one value, shown as text in the field. */
  single?: boolean;
  /** Lets a person add what no option holds. */
  allowNew?: boolean;
  placeholder?: string;
  /** What is typed, for options that are looked up. */
  onText?: (text: string) => void;
}

/** Type to narrow, arrows to move, Enter to add, Backspace to take the last tag back. */
export function Combobox({
  options,
  values,
  onChange,
  single = false,
  allowNew = false,
  placeholder,
  onText,
  ...ids
}: ComboboxProps) {
  const [text, setText] = useState('');
  const [open, setOpen] = useState(false);
  const [index, setIndex] = useState(0);
  const listId = useId();
  const input = useRef<HTMLInputElement>(null);

  const labelOf = (value: string) => options.find((option) => option.value === value)?.label ?? value;
  const wanted = text.trim().toLowerCase();
  const found: ComboboxOption[] = options.filter(
    (option) => (single || !values.includes(option.value)) && option.label.toLowerCase().includes(wanted),
  );
  const addable =
    allowNew &&
    wanted !== '' &&
    !options.some((option) => option.label.toLowerCase() === wanted) &&
    !values.includes(text.trim());
  const shown = addable ? [...found, { value: text.trim(), label: `Add “${text.trim()}”` }] : found;
  const active = Math.min(index, shown.length - 1);

  const choose = (option: ComboboxOption | undefined) => {
    if (!option) return;
    onChange(single ? [option.value] : [...values, option.value]);
    setText('');
    setIndex(0);
    setOpen(!single);
    input.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      setOpen(true);
      const step = event.key === 'ArrowDown' ? 1 : -1;
      setIndex(open && shown.length > 0 ? (active + step + shown.length) % shown.length : 0);
    } else if (event.key === 'Enter' && open) {
      event.preventDefault();
      choose(shown[active]);
    } else if (event.key === 'Escape' && open) {
      event.preventDefault();
      event.stopPropagation();
      setOpen(false);
    } else if (event.key === 'Backspace' && text === '' && values.length > 0) {
      onChange(values.slice(0, -1));
    }
  };

  return (
    <div className="relative">
      <div
        className={clsx(
          controlClass,
          'flex min-h-8 flex-wrap items-center gap-1 py-0.5 focus-within:outline-2 focus-within:outline-offset-1 focus-within:outline-accent',
        )}
      >
        {!single &&
          values.map((value) => (
            <span key={value} className="inline-flex h-6 max-w-full items-center rounded-sm bg-n3 pl-1.5 text-12">
              <span className="truncate">{labelOf(value)}</span>
              <button
                type="button"
                aria-label={`Remove ${labelOf(value)}`}
                onClick={() => onChange(values.filter((each) => each !== value))}
                className="flex size-6 items-center justify-center rounded-sm text-n9 hover:bg-n5 hover:text-n12"
              >
                <X aria-hidden size={12} />
              </button>
            </span>
          ))}
        <input
          {...ids}
          ref={input}
          role="combobox"
          aria-expanded={open}
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={open && shown[active] ? `${listId}-${active}` : undefined}
          autoComplete="off"
          value={single && !open && values[0] !== undefined ? labelOf(values[0]) : text}
          placeholder={values.length === 0 ? placeholder : undefined}
          onChange={(event) => {
            setText(event.target.value);
            onText?.(event.target.value);
            setOpen(true);
            setIndex(0);
          }}
          onClick={() => setOpen(true)}
          onBlur={() => setOpen(false)}
          onKeyDown={onKeyDown}
          className="h-6 min-w-20 flex-1 bg-transparent outline-none!"
        />
      </div>
      <div
        role="listbox"
        id={listId}
        aria-label="Choices"
        tabIndex={-1}
        hidden={!open || shown.length === 0}
        onMouseDown={(event) => event.preventDefault()}
        className={clsx(floatClass, 'absolute top-full right-0 left-0 mt-1 max-h-60 overflow-y-auto p-1')}
      >
        {shown.map((option, at) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the input takes the keys (aria-activedescendant)
          // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the input
          <div
            key={option.value}
            id={`${listId}-${at}`}
            role="option"
            aria-selected={single ? values.includes(option.value) : at === active}
            onClick={() => choose(option)}
            className={clsx(
              'flex min-h-7 cursor-pointer items-center gap-2 rounded-sm px-2 hover:bg-n3',
              at === active && 'bg-n3',
            )}
          >
            <span className="min-w-0 flex-1 truncate">{option.label}</span>
            {option.hint !== undefined && <span className="text-12 text-n9">{option.hint}</span>}
          </div>
        ))}
      </div>
    </div>
  );
}
