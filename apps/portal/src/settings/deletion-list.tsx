import { useQuery } from '@tanstack/react-query';
import type { Deletion } from '@throughline/model';
import type { ReactNode } from 'react';
import { type Column, ErrorState, StateMark, Table, Time } from '../kit/index.ts';
import { deletionsQuery } from './settings-api.ts';

const rowKey = ({ id }: Deletion) => String(id);

/** What was deleted for good, and how far it is. */
export function DeletionList() {
  const deletions = useQuery(deletionsQuery);
  return (
    <section aria-labelledby="deletions">
      <h2 id="deletions" className="px-4 pb-2 text-16 font-semibold">
        Deleted so far
      </h2>
      {deletions.isError ? (
        <ErrorState
          title="The deletions could not be loaded"
          error={deletions.error}
          onRetry={() => void deletions.refetch()}
        />
      ) : deletions.data === undefined ? null : deletions.data.length === 0 ? (
        <p className="px-4 text-n10">Nothing yet.</p>
      ) : (
        <Table label="Deletions" columns={columns} rows={deletions.data} rowKey={rowKey} flow />
      )}
    </section>
  );
}

function runningWords({ alerts, alertsWaiting }: Deletion): string {
  const all = alerts + alertsWaiting;
  return all === 0 ? 'Running' : `Running, ${Math.floor((alerts / all) * 100)} %`;
}

function whatWords({ kind, source }: Deletion): ReactNode {
  const words = { retention: 'By age', incident: 'Incident', demo: 'Demo data', source: `Source ${source}` }[kind];
  return <span className="block truncate">{words}</span>;
}

const columns: Column<Deletion>[] = [
  { id: 'when', header: 'Started', width: '96px', cell: ({ startedDateTime }) => <Time value={startedDateTime} /> },
  {
    id: 'state',
    header: 'State',
    width: '136px',
    cell: (deletion) =>
      deletion.endedDateTime === null ? (
        <StateMark state="pending" label={runningWords(deletion)} />
      ) : (
        <StateMark state="ok" label="Done" />
      ),
  },
  { id: 'incidents', header: 'Incidents', width: '88px', align: 'end', cell: ({ incidents }) => incidents },
  { id: 'alerts', header: 'Alerts', width: '80px', align: 'end', from: 460, cell: ({ alerts }) => alerts },
  { id: 'what', header: 'What', width: '128px', from: 640, cell: (deletion) => whatWords(deletion) },
  { id: 'by', header: 'By', width: '120px', from: 560, cell: ({ startedBy }) => startedBy },
  {
    id: 'reason',
    header: 'Reason',
    width: 'minmax(140px, 1fr)',
    from: 820,
    cell: ({ reason }) => <span className="block truncate">{reason}</span>,
  },
];
