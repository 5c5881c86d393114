import { useInfiniteQuery } from '@tanstack/react-query';
import type { AlertRow } from '@throughline/model';
import { useMemo } from 'react';
import { termWords } from '../app/words.ts';
import {
  type Column,
  EmptyState,
  EntityBadge,
  ErrorState,
  SeverityBar,
  SeverityMark,
  SkeletonRows,
  StateMark,
  Table,
  Time,
  useLate,
} from '../kit/index.ts';
import { alertsQuery } from './incident-data.ts';

const columns: readonly Column<AlertRow>[] = [
  {
    id: 'severity',
    header: 'Severity',
    headerHidden: true,
    width: '32px',
    fixed: true,
    cell: (alert) => <SeverityMark severity={alert.severity} />,
  },
  {
    id: 'time',
    header: 'First activity',
    width: '132px',
    from: 560,
    cell: (alert) => <Time value={alert.firstActivityDateTime} form="short" />,
  },
  {
    id: 'title',
    header: 'Alert and why it is here',
    width: 'minmax(260px, 3fr)',
    fixed: true,
    cell: (alert) => (
      <div className="min-w-0">
        <div className="truncate font-medium">{alert.title}</div>
        <div className="truncate text-12 text-n9">{alert.link.sentence}</div>
      </div>
    ),
  },
  {
    id: 'assets',
    header: 'Impacted assets',
    width: 'minmax(160px, 1.4fr)',
    from: 900,
    cell: (alert) => (
      <span className="flex min-w-0 items-center gap-2 overflow-hidden">
        {alert.assets.slice(0, 2).map((asset) => (
          <EntityBadge key={asset.id} entity={asset} />
        ))}
        {alert.assets.length > 2 && <span className="text-12 text-n9">+{alert.assets.length - 2}</span>}
      </span>
    ),
  },
  {
    id: 'source',
    header: 'Product',
    width: '160px',
    from: 1080,
    cell: (alert) => <span className="block truncate">{alert.productName ?? termWords(alert.serviceSource)}</span>,
  },
  { id: 'status', header: 'Status', width: '112px', from: 720, cell: (alert) => <StateMark state={alert.status} /> },
];

/** Every alert in the order it happened, each with the reason why it is part of this. */
export function AlertsTab({
  id,
  selected,
  onOpen,
}: {
  id: number;
  selected: string | undefined;
  onOpen: (alertId: string) => void;
}) {
  const query = useInfiniteQuery(alertsQuery(id));
  const late = useLate(query.isPending);
  const rows = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data]);
  if (query.error)
    return (
      <ErrorState title="The alerts could not be loaded" error={query.error} onRetry={() => void query.refetch()} />
    );
  if (!query.data) return late ? <SkeletonRows rows={10} rowClass="h-12" label="Loading alerts" /> : null;
  if (rows.length === 0) {
    return <EmptyState title="No alerts here">They moved to another incident when this one was merged.</EmptyState>;
  }
  return (
    <Table
      label="Alerts of this incident"
      columns={columns}
      rows={rows}
      rowKey={(alert) => alert.id}
      rowHeight={48}
      total={query.data.pages[0]?.total}
      currentKey={selected}
      onRowPress={(alert) => onOpen(alert.id)}
      onOpen={(alert) => onOpen(alert.id)}
      onReachEnd={() => query.hasNextPage && !query.isFetching && void query.fetchNextPage()}
      rowEdge={(alert) => <SeverityBar severity={alert.severity} />}
    />
  );
}
