import type { LimitedAssignment } from '@throughline/model';
import { Plus, Trash2 } from 'lucide-react';
import { Button, IconButton } from '../kit/index.ts';
import { PeopleField } from './people-field.tsx';
import { SourceScopeField } from './source-scope-field.tsx';

interface LimitedFieldProps {
  value: readonly LimitedAssignment[];
  onChange: (value: LimitedAssignment[]) => void;
}

/** Assignments of a role for some data sources, as many as are wanted. */
export function LimitedField({ value, onChange }: LimitedFieldProps) {
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
          <SourceScopeField
            label="Sources"
            value={assignment.sources}
            onChange={({ mode, sources }) => change(index, { sources: { mode, sources: [...sources] } })}
          />
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
