import { useQuery } from '@tanstack/react-query';
import type { LimitedAssignment, SourceMode } from '@throughline/model';
import { Plus, Trash2 } from 'lucide-react';
import { facetsQuery } from '../api/incidents.ts';
import { Button, Combobox, Field, IconButton, SelectField } from '../kit/index.ts';
import { PeopleField } from './people-field.tsx';

const modes: { value: Exclude<SourceMode, 'all'>; label: string }[] = [
  { value: 'selected', label: 'Only these sources' },
  { value: 'allExcept', label: 'All sources but these, future ones too' },
];

interface LimitedFieldProps {
  value: readonly LimitedAssignment[];
  onChange: (value: LimitedAssignment[]) => void;
}

/** Assignments of a role for some data sources, as many as are wanted. */
export function LimitedField({ value, onChange }: LimitedFieldProps) {
  const facets = useQuery(facetsQuery({ kind: 'all' })).data;
  const options = (facets?.serviceSource ?? []).map((each) => ({ value: each.value, label: each.value }));
  const change = (index: number, part: Partial<LimitedAssignment>) =>
    onChange(value.map((each, at) => (at === index ? { ...each, ...part } : each)));
  const fresh: LimitedAssignment = { accountIds: [], userGroupIds: [], sources: { mode: 'selected', sources: [] } };
  return (
    <fieldset className="flex flex-col gap-3">
      <legend className="mb-1 font-medium">For some data sources</legend>
      {value.map((assignment, index) => (
        <div
          // biome-ignore lint/suspicious/noArrayIndexKey: an assignment has no name of its own, and none is moved.
          key={index}
          className="flex flex-col gap-3 rounded-sm border border-n4 p-3"
        >
          <div className="flex items-start gap-2">
            <div className="min-w-0 flex-1">
              <PeopleField
                label={`People of assignment ${index + 1}`}
                value={assignment}
                onChange={(people) => change(index, people)}
              />
            </div>
            <IconButton
              icon={Trash2}
              label={`Remove assignment ${index + 1}`}
              onClick={() => onChange(value.filter((_, at) => at !== index))}
            />
          </div>
          <SelectField
            label="Sources"
            options={modes}
            value={assignment.sources.mode === 'allExcept' ? 'allExcept' : 'selected'}
            onChange={(mode) => change(index, { sources: { ...assignment.sources, mode } })}
          />
          <Field label="Named sources">
            {(ids) => (
              <Combobox
                {...ids}
                allowNew
                options={options}
                values={assignment.sources.sources}
                placeholder="Name of a source"
                onChange={(sources) => change(index, { sources: { ...assignment.sources, sources } })}
              />
            )}
          </Field>
        </div>
      ))}
      <div>
        <Button icon={Plus} onClick={() => onChange([...value, fresh])}>
          Add an assignment for some sources
        </Button>
      </div>
    </fieldset>
  );
}

/** What an assignment still lacks; undefined when all are whole. */
export function lackOf(assignments: readonly LimitedAssignment[]): string | undefined {
  for (const [index, { accountIds, userGroupIds, sources }] of assignments.entries()) {
    if (accountIds.length + userGroupIds.length === 0) return `Choose the people of assignment ${index + 1} first`;
    if (sources.sources.length === 0) return `Name the sources of assignment ${index + 1} first`;
  }
  return undefined;
}
