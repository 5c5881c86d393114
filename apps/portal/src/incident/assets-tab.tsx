import { useQuery } from '@tanstack/react-query';
import type { IncidentAsset } from '@throughline/model';
import {
  type Column,
  EmptyState,
  ErrorState,
  SeverityBar,
  SeverityMark,
  SkeletonRows,
  Table,
  Time,
  useLate,
} from '../kit/index.ts';
import { type AssetTab, assetsQuery } from './incident-data.ts';

const columns: readonly Column<IncidentAsset>[] = [
  {
    id: 'severity',
    header: 'Worst alert',
    headerHidden: true,
    width: '32px',
    fixed: true,
    cell: (asset) => <SeverityMark severity={asset.severity} />,
  },
  {
    id: 'name',
    header: 'Name',
    width: 'minmax(200px, 2fr)',
    fixed: true,
    cell: (asset) => (
      <div className="min-w-0">
        <div className="truncate font-medium">{asset.name}</div>
        <div className="truncate text-12 text-n9">{Object.values(asset.details).slice(0, 3).join(' · ')}</div>
      </div>
    ),
  },
  {
    id: 'alerts',
    header: 'Open / all alerts',
    width: '128px',
    align: 'end',
    cell: (asset) => `${asset.alertsActive} / ${asset.alertsTotal}`,
  },
  {
    id: 'first',
    header: 'First seen',
    width: '144px',
    from: 720,
    cell: (asset) => <Time value={asset.firstSeenDateTime} form="short" />,
  },
  {
    id: 'last',
    header: 'Last seen',
    width: '144px',
    from: 560,
    cell: (asset) => <Time value={asset.lastSeenDateTime} form="short" />,
  },
  {
    id: 'others',
    header: 'Also in open incidents',
    width: '168px',
    from: 900,
    cell: (asset) =>
      asset.otherIncidents.length === 0 ? (
        <span className="text-n9">None</span>
      ) : (
        asset.otherIncidents.slice(0, 4).join(', ')
      ),
  },
];

const words: Readonly<Record<AssetTab, { label: string; none: string }>> = {
  device: { label: 'Devices', none: 'No alert of this incident names a device.' },
  user: { label: 'Users', none: 'No alert of this incident names a user.' },
  mailbox: { label: 'Mailboxes', none: 'No alert of this incident names a mailbox.' },
};

/** How far it went: the assets of one kind, the worst hit first. */
export function AssetsTab({
  id,
  kind,
  selected,
  onOpen,
}: {
  id: number;
  kind: AssetTab;
  selected: string | undefined;
  onOpen: (assetId: string) => void;
}) {
  const { data, error, refetch, isPending } = useQuery(assetsQuery(id, kind));
  const late = useLate(isPending);
  const { label, none } = words[kind];
  if (error) return <ErrorState title={`${label} could not be loaded`} error={error} onRetry={() => void refetch()} />;
  if (!data) return late ? <SkeletonRows rows={6} rowClass="h-12" label={`Loading ${label.toLowerCase()}`} /> : null;
  if (data.length === 0) return <EmptyState title={`No ${label.toLowerCase()}`}>{none}</EmptyState>;
  return (
    <Table
      label={`${label} of this incident`}
      columns={columns}
      rows={data}
      rowKey={(asset) => asset.id}
      rowHeight={48}
      currentKey={selected}
      onRowPress={(asset) => onOpen(asset.id)}
      onOpen={(asset) => onOpen(asset.id)}
      rowEdge={(asset) => <SeverityBar severity={asset.severity} />}
    />
  );
}
