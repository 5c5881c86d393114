import { useQuery } from '@tanstack/react-query';
import { type IncidentFacets, myGroupsWord } from '@throughline/model';
import { ChartNoAxesColumn, Rows2, Rows4 } from 'lucide-react';
import { useMemo } from 'react';
import { facetsQuery } from '../api/incidents.ts';
import { ownerWords } from '../app/owner-words.ts';
import { classificationWords, severityWords, statusWords, termWords } from '../app/words.ts';
import {
  Chip,
  type Column,
  ColumnChooser,
  DateTimeRange,
  type Filter,
  FilterBar,
  IconButton,
  tacticNames,
} from '../kit/index.ts';
import { changedFilters, defaultQueue, filterQuery, type QueueState } from './queue-state.ts';

type ListName = 'status' | 'severity' | 'assignee' | 'tag' | 'source' | 'tactic' | 'classification' | 'group';

/** Each filter: its heading, the facet that counts it, the words of its values, and those always on offer. */
const filters: readonly {
  id: ListName;
  label: string;
  facet: string;
  words?: Readonly<Record<string, string>>;
  always?: readonly string[];
}[] = [
  {
    id: 'status',
    label: 'Status',
    facet: 'status',
    words: statusWords,
    always: ['active', 'inProgress', 'awaitingAction', 'resolved'],
  },
  {
    id: 'severity',
    label: 'Severity',
    facet: 'severity',
    words: severityWords,
    always: ['high', 'medium', 'low', 'informational'],
  },
  {
    id: 'assignee',
    label: 'Assignee',
    facet: 'assignee',
    words: { me: 'Me', [myGroupsWord]: 'My groups', unassigned: 'Unassigned' },
    always: ['me', myGroupsWord, 'unassigned'],
  },
  { id: 'source', label: 'Source', facet: 'serviceSource' },
  { id: 'tactic', label: 'Tactic', facet: 'tactic', words: Object.fromEntries(tacticNames) },
  { id: 'group', label: 'Device group', facet: 'deviceGroup' },
  { id: 'tag', label: 'Tag', facet: 'tag' },
  { id: 'classification', label: 'Classification', facet: 'classification', words: classificationWords },
];

export interface QueueFiltersProps {
  state: QueueState;
  columns: readonly Column<never>[];
  total: number | undefined;
  onChange: (change: Partial<QueueState>) => void;
  onClear: () => void;
}

export function QueueFilters({ state, columns, total, onChange, onClear }: QueueFiltersProps) {
  const query = useMemo(() => filterQuery(state), [state]);
  const { data: facets } = useQuery(facetsQuery(query));
  const compact = state.rows === 'compact';
  return (
    <FilterBar
      filters={filters
        .filter(({ id }) => id !== 'group' || hasGroups(state, facets))
        .map((filter) => toFilter(filter, state, facets, onChange))}
      after={
        <DateTimeRange
          label="Updated"
          value={{ from: state.from || undefined, to: state.to || undefined }}
          onChange={({ from = '', to = '' }) => onChange({ from, to })}
        />
      }
      onClear={changedFilters(state) > 0 ? onClear : undefined}
      end={
        <>
          {total !== undefined && (
            <span className="text-12 whitespace-nowrap text-n10" role="status">
              {total.toLocaleString('en')} {total === 1 ? 'incident' : 'incidents'}
            </span>
          )}
          <span className="flex max-sm:hidden">
            <IconButton
              size="small"
              icon={ChartNoAxesColumn}
              label="24-hour strip"
              pressed={state.strip}
              onClick={() => onChange({ strip: !state.strip })}
            />
            <IconButton
              size="small"
              icon={compact ? Rows2 : Rows4}
              label={compact ? 'Comfortable rows' : 'Compact rows'}
              onClick={() => onChange({ rows: compact ? 'comfortable' : 'compact' })}
            />
            <ColumnChooser columns={columns} hidden={state.hide} onChange={(hide) => onChange({ hide })} />
          </span>
        </>
      }
    >
      {state.kind !== 'incident' && (
        <Chip
          label="Showing"
          value={state.kind === 'background' ? 'background groups' : 'incidents and background'}
          onRemove={() => onChange({ kind: 'incident' })}
        />
      )}
      {state.q !== '' && <Chip label="Search" value={state.q} onRemove={() => onChange({ q: '' })} />}
      {state.entity.map((entity) => (
        <Chip
          key={entity}
          label="Involves"
          value={entity}
          onRemove={() => onChange({ entity: state.entity.filter((each) => each !== entity) })}
        />
      ))}
    </FilterBar>
  );
}

/** Whether anybody made device groups: without them there is only what is ungrouped, and nothing to choose. */
function hasGroups(state: QueueState, facets: IncidentFacets | undefined): boolean {
  return state.group.length > 0 || (facets?.['deviceGroup'] ?? []).some(({ value }) => Number(value) > 0);
}

function toFilter(
  { id, label, facet, words = {}, always = [] }: (typeof filters)[number],
  state: QueueState,
  facets: IncidentFacets | undefined,
  onChange: (change: Partial<QueueState>) => void,
): Filter {
  const counted = facets?.[facet] ?? [];
  const values = [...new Set([...always, ...counted.map((each) => each.value), ...state[id]])];
  return {
    id,
    label,
    values: state[id],
    short: id === 'status' && sameMembers(state.status, defaultQueue.status) ? 'Open' : undefined,
    onChange: (chosen) => onChange({ [id]: chosen }),
    options: values
      .filter((value) => value !== '')
      .map((value) => ({
        value,
        label: words[value] ?? counted.find((each) => each.value === value)?.label ?? labelOf(id, value),
        count: counted.find((each) => each.value === value)?.count,
      })),
  };
}

function labelOf(id: ListName, value: string): string {
  if (id === 'source') return termWords(value);
  if (id === 'group') return `Group ${value}`;
  return id === 'assignee' ? ownerWords(value) : value;
}

function sameMembers(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((each) => b.includes(each));
}
