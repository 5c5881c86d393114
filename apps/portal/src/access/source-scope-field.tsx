import { useQuery } from '@tanstack/react-query';
import { mostScopeSources, type SourceMode, type SourceScope } from '@throughline/model';
import { facetsQuery } from '../api/incidents.ts';
import { Combobox, Field, SelectField } from '../kit/index.ts';

const modes: { value: SourceMode; label: string }[] = [
  { value: 'all', label: 'All sources, future ones too' },
  { value: 'selected', label: 'Only these sources' },
  { value: 'allExcept', label: 'All sources but these, future ones too' },
];

interface SourceScopeFieldProps {
  label: string;
  hint?: string;
  value: SourceScope;
  onChange: (value: SourceScope) => void;
  /** Whether "all sources" is a choice. */
  withAll?: boolean;
  disabled?: boolean;
}

/** Chooses data sources: how, and which. */
export function SourceScopeField({ label, hint, value, onChange, withAll = false, disabled }: SourceScopeFieldProps) {
  const facets = useQuery(facetsQuery({ kind: 'all' })).data;
  const options = (facets?.serviceSource ?? []).map((each) => ({ value: each.value, label: each.value }));
  const { mode, sources } = value;
  return (
    <>
      <SelectField
        label={label}
        {...(hint !== undefined && { hint })}
        {...(disabled !== undefined && { disabled })}
        options={modes.filter((each) => withAll || each.value !== 'all')}
        value={mode}
        onChange={(chosen) => onChange({ mode: chosen, sources: chosen === 'all' ? [] : sources })}
      />
      {mode !== 'all' && !disabled && (
        <Field label="Named sources">
          {(ids) => (
            <Combobox
              {...ids}
              allowNew
              options={options}
              values={[...sources]}
              placeholder="Name of a source"
              onChange={(chosen) => onChange({ mode, sources: chosen.slice(0, mostScopeSources) })}
            />
          )}
        </Field>
      )}
    </>
  );
}
