import { useQuery } from '@tanstack/react-query';
import type { JobState, OperationCondition } from '@throughline/model';
import { type Column, EmptyState, ErrorState, SkeletonRows, StateMark, Table, Time, useLate } from '../kit/index.ts';
import { operationsQuery } from './notifications-api.ts';

const conditionKey = ({ id }: OperationCondition) => String(id);
const jobKey = ({ name }: JobState) => name;

/** What is wrong with the server now, what was, and how its recurring work goes. */
export function OperationsTab() {
  const operations = useQuery(operationsQuery);
  const late = useLate(operations.isPending);
  if (operations.isError) {
    return (
      <ErrorState
        title="The state of the server could not be loaded"
        error={operations.error}
        onRetry={() => void operations.refetch()}
      />
    );
  }
  if (operations.isPending) return late && <SkeletonRows rows={4} />;
  const { open, history, jobs, disk, databaseElsewhere, lastLookDateTime } = operations.data;
  return (
    <div className="flex flex-col pb-6">
      <p className="flex flex-wrap gap-x-4 gap-y-1 px-4 py-3 text-12 text-n10">
        <span>
          {lastLookDateTime === null ? (
            'Not looked yet.'
          ) : (
            <>
              Last look <Time value={lastLookDateTime} form="ago" />.
            </>
          )}
        </span>
        <span>{disk === null ? 'The disk of the data directory cannot be measured.' : diskWords(disk)}</span>
        {databaseElsewhere && <span>The database runs elsewhere: its disk is not watched.</span>}
      </p>
      <Heading>Now</Heading>
      {open.length === 0 ? (
        <EmptyState title="Nothing is wrong">
          Sources, ledger, disk, recurring work and dead letters are as they should be. A rule about operations tells
          people when that changes.
        </EmptyState>
      ) : (
        <Table label="Open conditions" columns={conditionColumns('open')} rows={open} rowKey={conditionKey} flow />
      )}
      {history.length > 0 && (
        <>
          <Heading>Before</Heading>
          <Table
            label="Past conditions"
            columns={conditionColumns('closed')}
            rows={history}
            rowKey={conditionKey}
            flow
          />
        </>
      )}
      {jobs.length > 0 && (
        <>
          <Heading>Recurring work</Heading>
          <Table label="Recurring work" columns={jobColumns} rows={jobs} rowKey={jobKey} flow />
        </>
      )}
    </div>
  );
}

function Heading({ children }: { children: string }) {
  return <h2 className="px-4 pt-4 pb-2 font-semibold">{children}</h2>;
}

function conditionColumns(state: 'open' | 'closed'): Column<OperationCondition>[] {
  return [
    {
      id: 'title',
      header: 'What',
      width: 'minmax(160px, 1fr)',
      cell: ({ title }) => (
        <span className="block truncate" title={title}>
          {title}
        </span>
      ),
    },
    {
      id: 'detail',
      header: 'Measured when it began',
      width: 'minmax(160px, 2fr)',
      from: 720,
      cell: ({ detail }) => (
        <span className="block truncate text-n10" title={detail}>
          {detail}
        </span>
      ),
    },
    { id: 'since', header: 'Since', width: '96px', cell: ({ openedDateTime: at }) => <Time value={at} form="ago" /> },
    ...(state === 'open'
      ? []
      : [
          {
            id: 'until',
            header: 'Until',
            width: '96px',
            from: 460,
            cell: ({ closedDateTime: at }: OperationCondition) => at !== null && <Time value={at} form="ago" />,
          },
        ]),
    {
      id: 'rule',
      header: 'Seen by',
      width: '160px',
      from: 560,
      cell: ({ ruleName }) => (
        <span className="block truncate text-n10" title={ruleName ?? undefined}>
          {ruleName ?? 'Built-in watch'}
        </span>
      ),
    },
  ];
}

const jobColumns: Column<JobState>[] = [
  {
    id: 'name',
    header: 'Work',
    width: 'minmax(140px, 1fr)',
    cell: ({ name }) => (
      <span className="block truncate" title={name}>
        {name}
      </span>
    ),
  },
  {
    id: 'state',
    header: 'State',
    width: '136px',
    cell: ({ failures }) => (
      <StateMark
        state={failures === 0 ? 'ok' : 'failed'}
        label={failures === 0 ? 'Went well' : `Failed ${failures}×`}
      />
    ),
  },
  {
    id: 'run',
    header: 'Last run',
    width: '96px',
    from: 460,
    cell: ({ lastRunDateTime: at }) => <Time value={at} form="ago" />,
  },
  {
    id: 'error',
    header: 'Last error',
    width: 'minmax(160px, 2fr)',
    from: 720,
    cell: ({ lastError }) =>
      lastError === null ? (
        <span className="text-n9">None</span>
      ) : (
        <span className="block truncate text-n10" title={lastError}>
          {lastError}
        </span>
      ),
  },
];

function diskWords({ free, total }: { free: number; total: number }): string {
  const size = (bytes: number) => `${(bytes / 1e9).toFixed(1)} GB`;
  return `${size(free)} of ${size(total)} (${Math.round((free / total) * 100)} %) free where the data is.`;
}
