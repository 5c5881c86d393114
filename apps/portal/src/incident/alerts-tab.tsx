import { useInfiniteQuery } from '@tanstack/react-query';
import type { AlertRow } from '@throughline/model';
import { useMemo, useState } from 'react';
import { useMay } from '../api/session.ts';
import { termWords } from '../app/words.ts';
import { EntityBadge } from '../hunting/entity-badge.tsx';
import {
  Button,
  type Column,
  EmptyState,
  ErrorState,
  SeverityBar,
  SeverityMark,
  SkeletonRows,
  StateMark,
  Table,
  Time,
  useLate,
} from '../kit/index.ts';
import { MoveDialog } from '../rearrange/move-dialog.tsx';
import { moveSentence } from '../rearrange/rearrange-words.ts';
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
        <div className="truncate text-12 text-n9">
          {alert.link.moved === null ? alert.link.sentence : moveSentence(alert.link.moved, alert.incidentId)}
        </div>
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

const alertLabel = (alert: AlertRow) => `alert ${alert.title}`;

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
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [moving, setMoving] = useState(false);
  const may = useMay('incidents.manage');
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
  const total = query.data.pages[0]?.total ?? rows.length;
  const close = () => setMoving(false);
  return (
    <div className="flex h-full min-h-0 flex-col">
      <div className="min-h-0 flex-1">
        <Table
          label="Alerts of this incident"
          columns={columns}
          rows={rows}
          rowKey={(alert) => alert.id}
          rowHeight={48}
          total={total}
          selection={may ? { selected: chosen, onChange: setChosen, label: alertLabel } : undefined}
          currentKey={selected}
          onRowPress={(alert) => onOpen(alert.id)}
          onOpen={(alert) => onOpen(alert.id)}
          onReachEnd={() => query.hasNextPage && !query.isFetching && void query.fetchNextPage()}
          rowEdge={(alert) => <SeverityBar severity={alert.severity} />}
        />
      </div>
      {chosen.size > 0 && (
        <section
          aria-label="Selected alerts"
          className="hairline flex min-h-11 shrink-0 flex-wrap items-center gap-2 border-t bg-n2 px-4 py-1.5"
        >
          <span className="font-medium" role="status">
            {chosen.size.toLocaleString('en')} selected
          </span>
          <Button size="small" onClick={() => setMoving(true)}>
            Move…
          </Button>
          <Button size="small" variant="quiet" className="ml-auto" onClick={() => setChosen(new Set())}>
            Clear selection
          </Button>
        </section>
      )}
      {moving && (
        <MoveDialog
          from={rows[0]?.incidentId ?? id}
          total={total}
          alertIds={[...chosen]}
          onClose={close}
          onDone={() => {
            setChosen(new Set());
            close();
          }}
        />
      )}
    </div>
  );
}
