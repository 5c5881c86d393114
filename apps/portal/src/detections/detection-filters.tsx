import { type DetectionRule, detectionLevels } from '@throughline/model';
import { readList, writeList } from '../app/search-params.ts';
import { FilterBar, tacticNames } from '../kit/index.ts';
import { levelWords, ruleStates, statesOf, stateWords } from './detection-words.ts';
import type { DetectionsSearch } from './detections-search.ts';

interface DetectionFiltersProps {
  search: DetectionsSearch;
  rules: readonly DetectionRule[];
  shown: number;
  onSearch: (part: DetectionsSearch) => void;
  onClear: () => void;
}

/** Text, level, tactic and state; each value with how many rules have it. */
export function DetectionFilters({ search, rules, shown, onSearch, onClear }: DetectionFiltersProps) {
  const count = (test: (rule: DetectionRule) => boolean) => rules.filter(test).length;
  const on = [search.q, search.level, search.tactic, search.state].some(Boolean);
  return (
    <FilterBar
      filters={[
        {
          id: 'level',
          label: 'Level',
          options: detectionLevels.toReversed().map((level) => ({
            value: level,
            label: levelWords[level],
            count: count((rule) => rule.level === level),
          })),
          values: readList(search.level ?? ''),
          onChange: (values) => onSearch({ level: writeList(values) }),
        },
        {
          id: 'tactic',
          label: 'Tactic',
          options: tacticNames.map(([value, label]) => ({
            value,
            label,
            count: count(({ tactics }) => tactics.some((tactic) => tactic === value)),
          })),
          values: readList(search.tactic ?? ''),
          onChange: (values) => onSearch({ tactic: writeList(values) }),
        },
        {
          id: 'state',
          label: 'State',
          options: ruleStates.map((value) => ({
            value,
            label: stateWords[value],
            count: count((rule) => statesOf(rule).includes(value)),
          })),
          values: readList(search.state ?? ''),
          onChange: (values) => onSearch({ state: writeList(values) }),
        },
      ]}
      {...(on && { onClear })}
      end={
        <span role="status" className="text-12 text-n10">
          {on ? `${shown} of ${rules.length} rules` : `${rules.length} rules`}
        </span>
      }
    >
      <input
        aria-label="Search rules"
        placeholder="Title, author, technique…"
        value={search.q ?? ''}
        onChange={(event) => onSearch({ q: event.target.value })}
        className="hairline h-7 w-52 shrink-0 rounded-md border bg-transparent px-2 text-12 placeholder:text-n9"
      />
    </FilterBar>
  );
}
