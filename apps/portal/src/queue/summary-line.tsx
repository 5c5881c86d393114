import type { IncidentSummary } from '@throughline/model';
import { clsx } from 'clsx';
import { relativeTime, useNow } from '../kit/index.ts';
import { defaultQueue, type QueueState } from './queue-state.ts';

interface Count {
  label: string;
  value: string;
  apply: Partial<QueueState>;
  title: string;
}

/** "Open 42 | High 5 | Unassigned 9": each number is the filter that shows what it counts; pressed again, it lets go. */
export function SummaryLine({
  summary,
  state,
  onChange,
}: {
  summary: IncidentSummary | undefined;
  state: QueueState;
  onChange: (change: Partial<QueueState>) => void;
}) {
  const now = useNow();
  const open = { status: defaultQueue.status, severity: [], assignee: [] };
  const number = (value: number | undefined) => value?.toLocaleString('en') ?? '–';
  const counts: Count[] = [
    { label: 'Open', value: number(summary?.open), apply: open, title: 'All open incidents' },
    { label: 'High', value: number(summary?.high), apply: { ...open, severity: ['high'] }, title: 'Open and high' },
    {
      label: 'Unassigned',
      value: number(summary?.unassigned),
      apply: { ...open, assignee: ['unassigned'] },
      title: 'Open and nobody’s',
    },
    {
      label: 'Mine',
      value: number(summary?.mine),
      apply: { ...open, assignee: ['me'] },
      title: 'Open and assigned to you',
    },
  ];
  const oldest = summary?.oldestUnassigned;
  if (oldest) {
    counts.push({
      label: 'Oldest unassigned',
      value: relativeTime(Date.parse(oldest), now).replace('now', '< 1 min'),
      apply: { ...open, assignee: ['unassigned'], sort: 'created', dir: 'asc' },
      title: 'Unassigned, oldest first',
    });
  }
  return (
    <fieldset className="-ml-3 flex flex-wrap items-baseline">
      <legend className="sr-only">Incidents at a glance</legend>
      {counts.map(({ label, value, apply, title }) => {
        const on = Object.entries(apply).every(
          ([name, part]) => JSON.stringify(state[name as keyof QueueState]) === JSON.stringify(part),
        );
        const alarming = label === 'High' && (summary?.high ?? 0) > 0;
        return (
          <button
            key={label}
            type="button"
            aria-pressed={on}
            title={title}
            onClick={() =>
              onChange(on ? { status: defaultQueue.status, severity: defaultQueue.severity, assignee: [] } : apply)
            }
            className={clsx(
              'hairline flex h-8 items-baseline gap-1.5 border-r px-3 leading-8 last:border-r-0 hover:text-accent',
              label === 'Oldest unassigned' && '@max-[880px]:hidden',
            )}
          >
            <span
              className={clsx('text-n10', on && 'text-n12 underline decoration-accent decoration-2 underline-offset-6')}
            >
              {label}
            </span>
            <span className={clsx('text-16 font-semibold', alarming && 'text-high')}>{value}</span>
          </button>
        );
      })}
    </fieldset>
  );
}
