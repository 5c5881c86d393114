import type { IncidentRow } from '@throughline/model';
import { Owner } from '../app/owner.tsx';
import { type Column, Link, ScopeCounts, ScoreRing, SeverityMark, StateMark, TacticStrip, Time } from '../kit/index.ts';

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
      header: 'Score',
      width: '60px',
      sortable: true,
      from: 340,
      cell: (row) => <ScoreRing score={row.priorityScore} />,
    },
    {
      id: 'deviceGroups',
      header: 'Device groups',
      width: '132px',
      from: 760,
      cell: ({ deviceGroups }) => <GroupNames names={deviceGroups.map(({ name }) => name)} />,
    },
    {
      id: 'scope',
      header: 'Scope',
      width: '164px',
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
        row.assignedTo === null ? <span className="text-n9">Unassigned</span> : <Owner assignedTo={row.assignedTo} />,
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

function GroupNames({ names }: { names: readonly string[] }) {
  if (names.length === 0) return <span className="text-n9">None</span>;
  return (
    <span className="block truncate" title={names.join(', ')}>
      {names.join(', ')}
    </span>
  );
}

function NameCell({ row, compact }: { row: IncidentRow; compact: boolean }) {
  return (
    <div className={compact ? 'flex items-baseline gap-3' : ''}>
      <div className={compact ? 'max-w-[60%] shrink-0 truncate' : 'truncate'}>
        <Link
          to="/incidents/$incidentId/$tab"
          params={{ incidentId: String(row.id), tab: 'summary' }}
          tabIndex={-1}
          tone="plain"
          className="font-medium"
          title={row.displayName}
        >
          {row.displayName}
        </Link>
      </div>
      <p className="min-w-0 truncate text-12 leading-4 text-n9" title={[...row.systemTags, row.reason].join(' · ')}>
        {row.systemTags.map((tag) => (
          <span key={tag}>
            <span className="font-medium text-n11">{tag}</span> ·{' '}
          </span>
        ))}
        {row.reason}
      </p>
    </div>
  );
}
