import type { IncidentRow } from '@throughline/model';
import {
  type Column,
  Link,
  ScopeCounts,
  ScoreRing,
  SeverityMark,
  StateMark,
  TacticStrip,
  Tag,
  Time,
} from '../kit/index.ts';

/** The queue's columns, in reading order: how bad, which, what and why now; then how far, whose, how fresh. */
export function queueColumns(compact: boolean): Column<IncidentRow>[] {
  return [
    {
      id: 'severity',
      header: 'Severity',
      headerHidden: true,
      width: '14px',
      fixed: true,
      cell: (row) => <SeverityMark severity={row.severity} />,
    },
    {
      id: 'id',
      header: 'Id',
      width: '44px',
      sortable: true,
      from: 620,
      cell: (row) => <span className="text-n10">{row.id}</span>,
    },
    {
      id: 'name',
      header: 'Incident',
      width: 'minmax(160px, 1fr)',
      sortable: true,
      fixed: true,
      cell: (row) => <NameCell row={row} compact={compact} />,
    },
    {
      id: 'tactics',
      header: 'Tactics',
      width: '112px',
      from: 1000,
      cell: (row) => <TacticStrip tactics={row.tactics} />,
    },
    {
      id: 'priority',
      header: 'Priority',
      width: '60px',
      sortable: true,
      from: 340,
      cell: (row) => <ScoreRing score={row.priorityScore} />,
    },
    {
      id: 'scope',
      header: 'Scope',
      width: '148px',
      from: 880,
      cell: ({ scope }) => (
        <ScopeCounts
          devices={scope.devices}
          users={scope.users}
          mailboxes={scope.mailboxes}
          other={scope.apps + scope.cloudResources}
        />
      ),
    },
    {
      id: 'alerts',
      header: 'Alerts',
      width: '60px',
      sortable: true,
      align: 'end',
      from: 620,
      cell: (row) => (
        <span title={`${row.alertsActive} open of ${row.alertsTotal} alerts`}>
          {row.alertsActive}
          <span className="text-n9">/{row.alertsTotal}</span>
        </span>
      ),
    },
    { id: 'status', header: 'Status', width: '128px', from: 1380, cell: (row) => <StateMark state={row.status} /> },
    {
      id: 'assignee',
      header: 'Assignee',
      width: '104px',
      from: 760,
      cell: (row) =>
        row.assignedTo === null ? (
          <span className="text-n9">Unassigned</span>
        ) : (
          <span className="block truncate" title={row.assignedTo}>
            {row.assignedTo}
          </span>
        ),
    },
    {
      id: 'lastActivity',
      header: 'Activity',
      width: '64px',
      sortable: true,
      align: 'end',
      from: 480,
      cell: (row) => (
        <span className="text-n10">
          <Time value={row.lastActivityDateTime} />
        </span>
      ),
    },
  ];
}

const shownTags = 2;

function NameCell({ row, compact }: { row: IncidentRow; compact: boolean }) {
  const tags = [
    ...row.systemTags.map((tag) => ({ tag, tone: 'notable' as const })),
    ...row.customTags.map((tag) => ({ tag, tone: 'plain' as const })),
  ];
  const more = tags.length - shownTags;
  return (
    <div className={compact ? 'flex items-center gap-2' : ''}>
      <div className="flex min-w-0 items-center gap-2">
        <Link
          to="/incidents/$incidentId/$tab"
          params={{ incidentId: String(row.id), tab: 'summary' }}
          tabIndex={-1}
          tone="plain"
          className="truncate font-medium"
          title={row.displayName}
        >
          {row.displayName}
        </Link>
        <span className="hidden shrink-0 items-center gap-1 md:flex">
          {tags.slice(0, shownTags).map(({ tag, tone }) => (
            <Tag key={tag} tone={tone}>
              {tag}
            </Tag>
          ))}
          {more > 0 && (
            <span
              className="text-12 text-n9"
              title={tags
                .slice(shownTags)
                .map(({ tag }) => tag)
                .join(', ')}
            >
              +{more}
            </span>
          )}
        </span>
      </div>
      <p className="min-w-0 flex-1 truncate text-12 leading-4 text-n9" title={row.reason}>
        {row.reason}
      </p>
    </div>
  );
}
