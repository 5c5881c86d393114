import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { Ledger } from '@throughline/model';
import { useMemo } from 'react';
import { ledgerQuery } from '../api/operate.ts';
import { useMay, useMe } from '../api/session.ts';
import { rejectWords, termWords } from '../app/words.ts';
import {
  type Column,
  EmptyState,
  ErrorState,
  LinkButton,
  NoPermission,
  PageHeader,
  SkeletonRows,
  StateMark,
  Table,
  Time,
  useLate,
} from '../kit/index.ts';
import { DeadLetters } from './dead-letters.tsx';
import { type LedgerSearch, readLedgerSearch } from './ledger-search.ts';
import { LetterPanel } from './letter-panel.tsx';
import { SourceClocks } from './source-clocks.tsx';

type LedgerRow = Ledger['sources'][number];
const rowKey = (row: LedgerRow) => row.source;

/** What every source sent and what became of it: received = stored + duplicate + rejected + pending. */
export function LedgerPage() {
  const search = useSearch({ from: '/shell/ledger' });
  const navigate = useNavigate();
  const ledger = useQuery(ledgerQuery);
  const me = useMe();
  const may = useMay('ledger.read');
  const late = useLate(ledger.isPending);
  const put = (part: LedgerSearch) =>
    void navigate({
      to: '/ledger',
      search: (now) => readLedgerSearch({ ...now, ...part }),
      replace: part.letter !== undefined,
    });
  const columns = useMemo(ledgerColumns, []);
  if (me && !may) return <NoPermission permission="ledger.read" />;
  return (
    <div className="flex h-full min-h-0">
      <main className="min-w-0 flex-1 overflow-auto">
        <PageHeader
          title="Ledger"
          lead="Every record that arrived, by source: received = stored + duplicate + rejected + pending. Of the stored, tuning rules hid or resolved some as they came in, and some were deleted since."
          actions={ledger.data && <Balance ledger={ledger.data} />}
        />
        {ledger.isError ? (
          <ErrorState
            title="The ledger could not be loaded"
            error={ledger.error}
            onRetry={() => void ledger.refetch()}
          />
        ) : ledger.isPending ? (
          late && <SkeletonRows rows={6} />
        ) : ledger.data.sources.length === 0 ? (
          <EmptyState
            title="Nothing has arrived yet"
            action={<LinkButton to="/incidents">How to send alerts</LinkButton>}
          >
            The first record that reaches intake opens its source’s line here.
          </EmptyState>
        ) : (
          <div className="hairline border-t">
            <Table label="Sources" columns={columns} rows={ledger.data.sources} rowKey={rowKey} flow />
          </div>
        )}
        {ledger.data && ledger.data.sources.length > 0 && <SourceClocks />}
        {ledger.data && ledger.data.sources.length > 0 && (
          <DeadLetters search={search} sources={ledger.data.sources.map(rowKey)} onSearch={put} />
        )}
      </main>
      {search.letter !== undefined && (
        <LetterPanel
          search={search}
          id={Number(search.letter)}
          onClose={() => void navigate({ to: '/ledger', search: ({ letter: _, ...rest }) => rest, replace: true })}
        />
      )}
    </div>
  );
}

function Balance({ ledger }: { ledger: Ledger }) {
  const off = ledger.sources.filter((row) => difference(row) !== 0);
  const pending = ledger.sources.reduce((sum, row) => sum + row.pending, 0);
  if (!ledger.balanced || off.length > 0) {
    return (
      <StateMark
        state="failed"
        label={`Does not balance: ${off.map((row) => row.source).join(', ') || 'see the rows'}`}
      />
    );
  }
  return pending > 0 ? (
    <StateMark state="pending" label={`Balanced, ${pending.toLocaleString('en')} pending`} />
  ) : (
    <StateMark state="ok" label="Balanced" />
  );
}

/** What is unaccounted for; 0 when the row balances. */
function difference(row: LedgerRow): number {
  return row.received - row.stored - row.duplicate - row.rejected - row.pending;
}

function ledgerColumns(): Column<LedgerRow>[] {
  const count = (
    id: 'received' | 'stored' | 'duplicate' | 'rejected' | 'pending' | 'deleted' | 'hidden' | 'autoResolved',
    header: string,
    from?: number,
  ): Column<LedgerRow> => ({
    id,
    header,
    width: '84px',
    align: 'end',
    ...(from !== undefined && { from }),
    cell: (row) => <span className={row[id] === 0 ? 'text-n9' : ''}>{row[id].toLocaleString('en')}</span>,
  });
  return [
    {
      id: 'source',
      header: 'Source',
      width: 'minmax(112px, 200px)',
      cell: (row) => (
        <span className="block truncate font-medium" title={row.source}>
          {row.source}
        </span>
      ),
    },
    count('received', 'Received'),
    count('stored', 'Stored'),
    count('duplicate', 'Duplicate', 560),
    count('rejected', 'Rejected', 420),
    count('pending', 'Pending', 640),
    count('hidden', 'Hidden', 760),
    count('autoResolved', 'Resolved', 760),
    count('deleted', 'Deleted since', 880),
    {
      id: 'reasons',
      header: 'Reasons',
      width: 'minmax(120px, 1fr)',
      from: 820,
      cell: (row) => <Reasons row={row} />,
    },
    {
      id: 'last',
      header: 'Last',
      width: '64px',
      align: 'end',
      from: 700,
      cell: (row) => <Time value={row.lastReceivedDateTime} />,
    },
    {
      id: 'balance',
      header: 'Balance',
      width: '92px',
      from: 940,
      cell: (row) =>
        difference(row) === 0 ? (
          <StateMark state="ok" label="Even" />
        ) : (
          <StateMark state="failed" label={`Off by ${Math.abs(difference(row)).toLocaleString('en')}`} />
        ),
    },
  ];
}

function Reasons({ row }: { row: LedgerRow }) {
  const words = Object.entries(row.reasons)
    .toSorted(([, a], [, b]) => b - a)
    .map(([reason, count]) => `${reasonWords(reason)} ${count.toLocaleString('en')}`)
    .join(', ');
  return (
    <span className="block truncate text-n10" title={words}>
      {words}
    </span>
  );
}

/** The words of a ledger reason: of the closed list, or an open one made readable. */
export function reasonWords(reason: string): string {
  return (rejectWords as Readonly<Record<string, string>>)[reason] ?? termWords(reason);
}
