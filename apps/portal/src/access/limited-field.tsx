import { useQuery } from '@tanstack/react-query';
import type { LimitedAssignment } from '@throughline/model';
import { Pencil, Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Button, IconButton } from '../kit/index.ts';
import { accountsQuery, type People, userGroupsQuery } from './access-api.ts';
import { PeopleField } from './people-field.tsx';
import { SourceScopeField } from './source-scope-field.tsx';
import { sourceWords } from './source-words.ts';

interface LimitedFieldProps {
  value: readonly LimitedAssignment[];
  onChange: (value: LimitedAssignment[]) => void;
}

/** Assignments of a role for some data sources: a line each, one at a time open for change. */
export function LimitedField({ value, onChange }: LimitedFieldProps) {
  const [open, setOpen] = useState<number>();
  const namesOf = usePeopleNames();
  const change = (index: number, part: Partial<LimitedAssignment>) =>
    onChange(value.map((each, at) => (at === index ? { ...each, ...part } : each)));
  const fresh: LimitedAssignment = { accountIds: [], userGroupIds: [], sources: { mode: 'selected', sources: [] } };
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1 font-medium">For some data sources</legend>
      {value.length > 0 && (
        <ol className="hairline flex flex-col rounded-sm border">
          {value.map((assignment, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: an assignment has no name of its own, and none is moved.
            <li key={index} className="hairline flex flex-col gap-3 border-b px-3 py-2 last:border-b-0">
              <div className="flex items-start gap-2">
                <span className="w-5 shrink-0 pt-1 text-n9">{index + 1}.</span>
                <span className="min-w-0 flex-1 pt-1">
                  <span className="font-medium break-words">{namesOf(assignment) || 'Nobody yet'}</span>{' '}
                  <span className="break-words text-n10">for {sourceWords(assignment.sources)}</span>
                </span>
                <IconButton
                  icon={Pencil}
                  size="small"
                  label={`Edit assignment ${index + 1}`}
                  pressed={open === index}
                  onClick={() => setOpen(open === index ? undefined : index)}
                />
                <IconButton
                  icon={Trash2}
                  size="small"
                  label={`Remove assignment ${index + 1}`}
                  onClick={() => {
                    setOpen(undefined);
                    onChange(value.filter((_, at) => at !== index));
                  }}
                />
              </div>
              {open === index && (
                <div className="flex flex-col gap-3 pb-1 pl-7 max-sm:pl-0">
                  <PeopleField
                    label={`People of assignment ${index + 1}`}
                    value={assignment}
                    onChange={(people) => change(index, people)}
                  />
                  <SourceScopeField
                    label="Sources"
                    value={assignment.sources}
                    onChange={({ mode, sources }) => change(index, { sources: { mode, sources: [...sources] } })}
                  />
                </div>
              )}
            </li>
          ))}
        </ol>
      )}
      <div>
        <Button
          icon={Plus}
          onClick={() => {
            setOpen(value.length);
            onChange([...value, fresh]);
          }}
        >
          Add an assignment for some sources
        </Button>
      </div>
    </fieldset>
  );
}

/** Says who an assignment is for: groups first. */
function usePeopleNames(): (people: People) => string {
  const accounts = useQuery(accountsQuery).data ?? [];
  const groups = useQuery(userGroupsQuery).data ?? [];
  return ({ accountIds, userGroupIds }) =>
    [
      ...userGroupIds.map((id) => groups.find((group) => group.id === id)?.name ?? `group ${id}`),
      ...accountIds.map((id) => accounts.find((account) => account.id === id)?.displayName ?? `account ${id}`),
    ].join(', ');
}

/** What an assignment still lacks; undefined when all are whole. */
export function lackOf(assignments: readonly LimitedAssignment[]): string | undefined {
  for (const [index, { accountIds, userGroupIds, sources }] of assignments.entries()) {
    if (accountIds.length + userGroupIds.length === 0) return `Choose the people of assignment ${index + 1} first`;
    if (sources.sources.length === 0) return `Name the sources of assignment ${index + 1} first`;
  }
  return undefined;
}
