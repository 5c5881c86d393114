import { auditActions, auditOutcomes } from '@throughline/model';
import { clsx } from 'clsx';
import { useEffect, useState } from 'react';
import { readList, writeList } from '../app/search-params.ts';
import { DateTimeRange, FilterBar } from '../kit/index.ts';
import type { AuditSearch } from './audit-search.ts';
import { auditActionWords, auditOutcomeWords } from './audit-words.ts';

export interface AuditFiltersProps {
  search: AuditSearch;
  onSearch: (part: AuditSearch) => void;
  onClear: (() => void) | undefined;
}

/** Who, what, how it ended, to what, and when. */
export function AuditFilters({ search, onSearch, onClear }: AuditFiltersProps) {
  return (
    <FilterBar
      filters={[
        {
          id: 'action',
          label: 'Action',
          options: auditActions.map((value) => ({ value, label: auditActionWords[value] })),
          values: readList(search.action ?? ''),
          onChange: (values) => onSearch({ action: writeList(values) }),
        },
        {
          id: 'outcome',
          label: 'Outcome',
          options: auditOutcomes.map((value) => ({ value, label: auditOutcomeWords[value] })),
          values: readList(search.outcome ?? ''),
          onChange: (values) => onSearch({ outcome: writeList(values) }),
        },
      ]}
      after={
        <DateTimeRange
          label="When"
          value={{ from: search.from || undefined, to: search.to || undefined }}
          onChange={({ from = '', to = '' }) => onSearch({ from, to })}
        />
      }
      onClear={onClear}
    >
      <TextFilter label="Actor" value={search.actor ?? ''} onChange={(actor) => onSearch({ actor })} />
      <TextFilter
        label="Target"
        placeholder="Target: incident/12"
        value={search.target ?? ''}
        onChange={(target) => onSearch({ target })}
      />
    </FilterBar>
  );
}

interface TextFilterProps {
  label: string;
  placeholder?: string;
  value: string;
  onChange: (value: string) => void;
}

/** A filter one types; Enter or leaving the field applies it. */
function TextFilter({ label, placeholder, value, onChange }: TextFilterProps) {
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  const apply = () => {
    if (text.trim() !== value) onChange(text.trim());
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        apply();
      }}
    >
      <input
        aria-label={label}
        placeholder={placeholder ?? label}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onBlur={apply}
        className={clsx(
          'h-7 w-36 rounded-md border bg-transparent px-2 text-12 placeholder:text-n9',
          value === '' ? 'hairline' : 'border-n7 bg-n3 font-medium',
        )}
      />
    </form>
  );
}
