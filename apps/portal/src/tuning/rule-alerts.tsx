import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import type { AlertRow, TunedState, TuningRule } from '@throughline/model';
import { useMemo } from 'react';
import {
  Button,
  type Column,
  EmptyState,
  ErrorState,
  Link,
  SeverityMark,
  SkeletonRows,
  Table,
  Time,
  useLate,
  useToast,
} from '../kit/index.ts';
import { releaseAlerts, tunedAlertsQuery, tuningKey } from './tuning-api.ts';

const rowKey = ({ id }: AlertRow) => id;

const emptyWords: Readonly<Record<TunedState, string>> = {
  hidden: 'No alert is hidden by it.',
  released: 'None that it hid was released.',
  resolved: 'None was resolved by it.',
};

/** The alerts that a rule hides, hid or resolved, the newest first; each hidden one can be released. */
export function RuleAlerts({ rule, state }: { rule: TuningRule; state: TunedState }) {
  const client = useQueryClient();
  const toast = useToast();
  const alerts = useInfiniteQuery(tunedAlertsQuery(rule.id, state));
  const late = useLate(alerts.isPending);
  const rows = useMemo(() => alerts.data?.pages.flatMap(({ items }) => items) ?? [], [alerts.data]);
  const release = useMutation({
    mutationFn: (alert: AlertRow) => releaseAlerts(rule.id, { alertIds: [alert.id] }),
    onSuccess: ({ incidentId }) => toast({ message: `Released: it is in incident ${incidentId}` }),
    onError: (error) => toast({ tone: 'failed', message: `Not released: ${error.message}` }),
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: tuningKey }),
        client.invalidateQueries({ queryKey: ['incidents'] }),
      ]),
  });
  const { mutate, isPending, variables } = release;
  const columns = useMemo(
    () => alertColumns(state, mutate, isPending ? variables?.id : undefined),
    [state, mutate, isPending, variables],
  );
  if (alerts.isError) {
    return (
      <ErrorState title="The alerts could not be loaded" error={alerts.error} onRetry={() => void alerts.refetch()} />
    );
  }
  if (alerts.isPending) return late && <SkeletonRows rows={4} />;
  if (rows.length === 0) return <EmptyState title="No alerts">{emptyWords[state]}</EmptyState>;
  return (
    <>
      <Table label="Alerts of the rule" columns={columns} rows={rows} rowKey={rowKey} flow />
      {alerts.hasNextPage && (
        <div className="flex justify-center pt-3">
          <Button busy={alerts.isFetchingNextPage} onClick={() => void alerts.fetchNextPage()}>
            Show more
          </Button>
        </div>
      )}
    </>
  );
}

function alertColumns(
  state: TunedState,
  onRelease: (alert: AlertRow) => void,
  busy: string | undefined,
): Column<AlertRow>[] {
  const columns: Column<AlertRow>[] = [
    { id: 'severity', header: 'Severity', width: '64px', cell: ({ severity }) => <SeverityMark severity={severity} /> },
    {
      id: 'title',
      header: 'Alert',
      width: 'minmax(140px, 2fr)',
      cell: ({ id, title, incidentId }) => (
        <Link
          to="/incidents/$incidentId/$tab"
          params={{ incidentId: String(incidentId), tab: 'alerts' }}
          search={{ panel: `alert:${id}` }}
          className="block truncate"
        >
          {title}
        </Link>
      ),
    },
    {
      id: 'assets',
      header: 'Assets',
      width: 'minmax(100px, 1fr)',
      from: 640,
      cell: ({ assets }) => (
        <span className="block truncate text-n10">{assets.map(({ name }) => name).join(', ')}</span>
      ),
    },
    {
      id: 'incident',
      header: state === 'hidden' ? 'Group' : 'Incident',
      width: '80px',
      from: 720,
      align: 'end',
      cell: ({ incidentId }) => incidentId,
    },
    {
      id: 'last',
      header: 'Last activity',
      width: '96px',
      from: 460,
      cell: ({ lastActivityDateTime }) => <Time value={lastActivityDateTime} form="ago" />,
    },
  ];
  if (state !== 'hidden') return columns;
  return [
    ...columns,
    {
      id: 'release',
      header: 'Release',
      headerHidden: true,
      width: '96px',
      align: 'end',
      cell: (alert) => (
        <Button
          size="small"
          busy={busy === alert.id}
          aria-label={`Release ${alert.title}`}
          onClick={() => onRelease(alert)}
        >
          Release
        </Button>
      ),
    },
  ];
}
