import { clsx } from 'clsx';
import { ChevronDown, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { Button } from './button.tsx';
import { Checkbox } from './checkbox.tsx';
import { Popover } from './popover.tsx';

export interface FilterOption {
  value: string;
  label: string;
  /** How many would match. */
  count?: number | undefined;
}

export interface Filter {
  id: string;
  label: string;
  options: readonly FilterOption[];
  values: readonly string[];
  onChange: (values: string[]) => void;
  /** What the chip says while nothing is chosen; default nothing. */
  anyLabel?: string;
  /** A shorter word for what is chosen, such as "Open" for three statuses. */
  short?: string | undefined;
}

export interface FilterBarProps {
  filters: readonly Filter[];
  /** Shown when something is set. */
  onClear?: (() => void) | undefined;
  /** The search field, and whatever else stands before the filters. */
  children?: ReactNode;
  /** Filters of other kinds, after the lists: a date range. */
  after?: ReactNode;
  /** Stands at the end of the bar: counts, column chooser. */
  end?: ReactNode;
}

/** Filters as chips: each says what it holds, opens a list with counts, and can be emptied in one press. */
export function FilterBar({ filters, onClear, children, after, end }: FilterBarProps) {
  return (
    <div className="-mx-4 flex items-center gap-2 overflow-x-auto px-4 py-0.5 sm:flex-wrap sm:overflow-visible">
      {children}
      {filters.map((filter) => (
        <FilterChip key={filter.id} {...filter} />
      ))}
      {after}
      {onClear && (
        <Button size="small" variant="quiet" onClick={onClear}>
          Clear filters
        </Button>
      )}
      {end !== undefined && <div className="ml-auto flex items-center gap-2">{end}</div>}
    </div>
  );
}

export function FilterChip({ label, options, values, onChange, anyLabel = '', short }: Filter) {
  const [open, setOpen] = useState(false);
  const chosen = values.map((value) => options.find((option) => option.value === value)?.label ?? value);
  const text =
    short !== undefined
      ? short
      : chosen.length === 0
        ? anyLabel
        : chosen.length > 3
          ? `${chosen.slice(0, 2).join(', ')} +${chosen.length - 2}`
          : chosen.join(', ');
  const on = chosen.length > 0;
  return (
    <span
      className={clsx(
        'inline-flex h-7 shrink-0 items-stretch rounded-md border',
        on ? 'border-n7 bg-n3 text-n12' : 'hairline bg-transparent text-n10',
      )}
    >
      <Popover
        label={`Filter by ${label.toLowerCase()}`}
        open={open}
        onOpenChange={setOpen}
        className="max-h-96 overflow-y-auto p-1.5!"
        trigger={
          <button type="button" className="flex items-center gap-1 rounded-md px-2 text-12 hover:bg-n4">
            <span className={on ? 'text-n10' : ''}>
              {label}
              {text !== '' && ':'}
            </span>
            <span className={clsx('max-w-64 truncate', on && 'font-medium')}>{text}</span>
            <ChevronDown aria-hidden size={12} className="text-n9" />
          </button>
        }
      >
        <fieldset className="flex flex-col">
          <legend className="sr-only">{label}</legend>
          {options.map((option) => (
            <div key={option.value} className="flex items-center gap-4 rounded-sm px-1.5 hover:bg-n3">
              <Checkbox
                className="min-h-7 flex-1 justify-start!"
                label={option.label}
                checked={values.includes(option.value)}
                onChange={(checked) =>
                  onChange(
                    options
                      .map((each) => each.value)
                      .filter((each) => (each === option.value ? checked : values.includes(each))),
                  )
                }
              />
              {option.count !== undefined && (
                <span className="text-12 text-n9">{option.count.toLocaleString('en')}</span>
              )}
            </div>
          ))}
          {options.length === 0 && <p className="px-2 py-1 text-n9">Nothing to choose from yet</p>}
        </fieldset>
      </Popover>
      {on && (
        <button
          type="button"
          aria-label={`Remove the filter ${label}`}
          onClick={() => onChange([])}
          className="flex w-6 items-center justify-center rounded-r-md text-n9 hover:bg-n4 hover:text-n12"
        >
          <X aria-hidden size={12} />
        </button>
      )}
    </span>
  );
}
