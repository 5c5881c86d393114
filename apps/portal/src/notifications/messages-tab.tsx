import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import type { Delivery, DeliveryState } from '@throughline/model';
import { useMemo, useState } from 'react';
import {
  Button,
  type Column,
  EmptyState,
  ErrorState,
  Link,
  Select,
  SkeletonRows,
  StateMark,
  Table,
  Time,
  useLate,
  useToast,
} from '../kit/index.ts';
import { deliveriesQuery, notificationsKey, retryDelivery } from './notifications-api.ts';

const stateWords: Readonly<Record<DeliveryState, string>> = {
  waiting: 'Waiting',
  sending: 'Sending',
  sent: 'Sent',
  dead: 'Dead letter',
};
const eventWords: Readonly<Record<Delivery['event'], string>> = {
  created: 'New',
  merged: 'Merged',
  severityRaised: 'Raised',
  updated: 'Update',
  told: 'Event',
  opened: 'Opened',
  recovered: 'Recovered',
  escalated: 'Escalation',
  acknowledged: 'Taken over',
  shared: 'Shared',
  digest: 'Digest',
};
const marks = { waiting: 'pending', sending: 'pending', sent: 'ok', dead: 'failed' } as const;

const rowKey = (delivery: Delivery) => String(delivery.id);

/** What waits, was sent, or could not be sent; the last can be sent again. */
export function MessagesTab() {
  const [state, setState] = useState<DeliveryState | ''>('');
  const messages = useInfiniteQuery(deliveriesQuery(state === '' ? undefined : state));
  const rows = useMemo(() => messages.data?.pages.flatMap((page) => page.items) ?? [], [messages.data]);
  const late = useLate(messages.isPending);
  const columns = useMemo(messageColumns, []);
  const counts = messages.data?.pages[0]?.counts;
  const options = [
    { value: '' as const, label: 'All states' },
    ...(Object.keys(stateWords) as DeliveryState[]).map((value) => ({
      value,
      label: `${stateWords[value]}${counts === undefined ? '' : ` (${counts[value].toLocaleString('en')})`}`,
    })),
  ];
  return (
    <div className="flex flex-col pb-6">
      <div className="flex justify-end px-4 py-2">
        <Select size="small" aria-label="State of the messages" value={state} onChange={setState} options={options} />
      </div>
      <div className="hairline border-t">
        {messages.isError ? (
          <ErrorState
            title="The messages could not be loaded"
            error={messages.error}
            onRetry={() => void messages.refetch()}
          />
        ) : messages.isPending ? (
          late && <SkeletonRows rows={6} />
        ) : rows.length === 0 ? (
          state === '' ? (
            <EmptyState title="No messages yet">They appear here once a rule has something to tell.</EmptyState>
          ) : (
            <EmptyState title="No messages match" action={<Button onClick={() => setState('')}>Show all</Button>} />
          )
        ) : (
          <>
            <Table label="Messages" columns={columns} rows={rows} rowKey={rowKey} flow />
            {messages.hasNextPage && (
              <div className="flex justify-center pt-3">
                <Button busy={messages.isFetchingNextPage} onClick={() => void messages.fetchNextPage()}>
                  Show more
                </Button>
              </div>
            )}
          </>
        )}
      </div>
    </div>
  );
}

function messageColumns(): Column<Delivery>[] {
  return [
    {
      id: 'at',
      header: 'When',
      width: '64px',
      from: 440,
      cell: (row) => <Time value={row.sentDateTime ?? row.createdDateTime} />,
    },
    {
      id: 'state',
      header: 'State',
      width: '112px',
      cell: (row) => <StateMark state={marks[row.state]} label={stateWords[row.state]} />,
    },
    {
      id: 'target',
      header: 'To',
      width: 'minmax(80px, 1fr)',
      cell: (row) => (
        <span className="block truncate" title={row.target}>
          {row.target}
        </span>
      ),
    },
    {
      id: 'incident',
      header: 'Incident',
      width: '80px',
      from: 520,
      cell: ({ incidentId }) =>
        incidentId !== null && (
          <Link to="/incidents/$incidentId" params={{ incidentId: String(incidentId) }}>
            {incidentId}
          </Link>
        ),
    },
    { id: 'event', header: 'About', width: '88px', from: 900, cell: (row) => eventWords[row.event] },
    {
      id: 'rule',
      header: 'Rule',
      width: 'minmax(96px, 160px)',
      from: 760,
      cell: (row) => <span className="block truncate text-n10">{row.ruleName}</span>,
    },
    {
      id: 'error',
      header: 'What happened',
      width: 'minmax(140px, 1fr)',
      from: 680,
      cell: (row) => <Happened row={row} />,
    },
    {
      id: 'retry',
      header: 'Send again',
      headerHidden: true,
      width: '92px',
      align: 'end',
      cell: (row) => row.state === 'dead' && <Retry row={row} />,
    },
  ];
}

function Happened({ row }: { row: Delivery }) {
  if (row.state === 'sent')
    return <span className="text-n9">Accepted{row.attempts > 1 && ` at try ${row.attempts}`}</span>;
  if (row.lastError !== null) {
    return (
      <span className="block truncate text-n10" title={row.lastError}>
        {row.lastError}
      </span>
    );
  }
  return (
    <span className="text-n9">
      Due <Time value={row.dueDateTime} form="short" />
    </span>
  );
}

function Retry({ row }: { row: Delivery }) {
  const client = useQueryClient();
  const toast = useToast();
  const retry = useMutation({
    mutationFn: () => retryDelivery(row.id),
    onSuccess: () => toast({ message: `The message to ${row.target} is sent again` }),
    onError: (error) => toast({ tone: 'failed', message: `Not sent again: ${error.message}` }),
    onSettled: () => client.invalidateQueries({ queryKey: notificationsKey }),
  });
  return (
    <Button
      size="small"
      busy={retry.isPending}
      aria-label={`Send again: to ${row.target}, incident ${row.incidentId}`}
      onClick={() => retry.mutate()}
    >
      Send again
    </Button>
  );
}
