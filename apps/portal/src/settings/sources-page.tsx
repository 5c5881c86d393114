import { useQuery } from '@tanstack/react-query';
import type { SourceSettings } from '@throughline/model';
import { useState } from 'react';
import { useMay, useMe } from '../api/session.ts';
import {
  type Column,
  EmptyState,
  ErrorState,
  NoPermission,
  PageHeader,
  SkeletonRows,
  StateMark,
  Table,
  Time,
  useLate,
} from '../kit/index.ts';
import { SourceClocks } from '../ledger/source-clocks.tsx';
import { ConnectSource } from './connect-source.tsx';
import { DeleteSourceDialog } from './delete-source-dialog.tsx';
import { sourceSettingsQuery } from './settings-api.ts';
import { SourceDialog } from './source-dialog.tsx';

const rowKey = ({ source }: SourceSettings) => source;

/** What sends alerts, how well it does, and how to connect more. */
export function SourcesPage() {
  const me = useMe();
  const may = useMay('settings.read');
  const mayMeasure = useMay('ledger.read');
  const sources = useQuery({ ...sourceSettingsQuery, enabled: may });
  const late = useLate(sources.isPending);
  const [opened, setOpened] = useState<SourceSettings>();
  const [deleting, setDeleting] = useState<SourceSettings>();
  if (me && !may) return <NoPermission permission="settings.read" />;
  return (
    <main className="h-full overflow-auto pb-10">
      <PageHeader
        title="Sources"
        lead="Each is a format in which alerts come in. Open one to name it, or to disable it."
      />
      {sources.isError ? (
        <ErrorState
          title="The sources could not be loaded"
          error={sources.error}
          onRetry={() => void sources.refetch()}
        />
      ) : sources.data === undefined ? (
        late && <SkeletonRows rows={4} />
      ) : sources.data.length === 0 ? (
        <EmptyState title="Nothing was sent yet">A source is listed with its first record.</EmptyState>
      ) : (
        <Table
          label="Sources"
          columns={columnsFor(setOpened)}
          rows={sources.data}
          rowKey={rowKey}
          flow
          onOpen={setOpened}
        />
      )}
      {mayMeasure && <SourceClocks />}
      <ConnectSource />
      {opened !== undefined && (
        <SourceDialog
          settings={opened}
          onClose={() => setOpened(undefined)}
          onDelete={() => {
            setDeleting(opened);
            setOpened(undefined);
          }}
        />
      )}
      {deleting !== undefined && <DeleteSourceDialog settings={deleting} onClose={() => setDeleting(undefined)} />}
    </main>
  );
}

const columnsFor = (onOpen: (source: SourceSettings) => void): Column<SourceSettings>[] => [
  {
    id: 'name',
    header: 'Source',
    width: 'minmax(140px, 2fr)',
    cell: (row) => (
      <button
        type="button"
        onClick={() => onOpen(row)}
        className="block max-w-full truncate rounded-xs text-left font-medium underline-offset-2 hover:underline"
      >
        {row.displayName || row.source}
        {row.displayName !== '' && <span className="font-normal text-n9"> {row.source}</span>}
      </button>
    ),
  },
  {
    id: 'state',
    header: 'State',
    width: '112px',
    cell: ({ enabled, refused }) =>
      enabled ? (
        <StateMark state="ok" label="Enabled" />
      ) : (
        <span title={`${refused} requests refused`}>
          <StateMark state="failed" label="Disabled" />
        </span>
      ),
  },
  {
    id: 'last',
    header: 'Last record',
    width: '112px',
    cell: ({ lastReceivedDateTime }) =>
      lastReceivedDateTime === null ? <span className="text-n9">Never</span> : <Time value={lastReceivedDateTime} />,
  },
  { id: 'received', header: 'Received', width: '96px', align: 'end', from: 560, cell: ({ received }) => received },
  { id: 'stored', header: 'Stored', width: '96px', align: 'end', from: 720, cell: ({ stored }) => stored },
  {
    id: 'deleted',
    header: 'Deleted since',
    width: '104px',
    align: 'end',
    from: 800,
    cell: ({ deleted }) => <span className={deleted === 0 ? 'text-n9' : ''}>{deleted}</span>,
  },
  {
    id: 'rejected',
    header: 'Rejected',
    width: '128px',
    align: 'end',
    from: 640,
    cell: ({ received, rejected }) => `${rejected} (${share(rejected, received)})`,
  },
  {
    id: 'note',
    header: 'Note',
    width: 'minmax(120px, 2fr)',
    from: 900,
    cell: ({ note }) => <span className="block truncate text-n10">{note}</span>,
  },
];

function share(part: number, whole: number): string {
  if (part === 0 || whole === 0) return '0 %';
  const percent = (part / whole) * 100;
  return percent < 1 ? '< 1 %' : `${Math.round(percent)} %`;
}
