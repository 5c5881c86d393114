import { useInfiniteQuery } from '@tanstack/react-query';
import type { DeadLetterPage } from '@throughline/model';
import { useMemo } from 'react';
import { deadLettersQuery } from '../api/operate.ts';
import { rejectWords } from '../app/words.ts';
import {
  Button,
  type Column,
  EmptyState,
  ErrorState,
  Select,
  SkeletonRows,
  Table,
  Tag,
  Time,
  useLate,
} from '../kit/index.ts';
import type { LedgerSearch } from './ledger-search.ts';

export type DeadLetter = DeadLetterPage['items'][number];
const rowKey = (letter: DeadLetter) => String(letter.id);

const columns: Column<DeadLetter>[] = [
  { id: 'at', header: 'Arrived', width: '64px', cell: (letter) => <Time value={letter.at} /> },
  {
    id: 'source',
    header: 'Source',
    width: '140px',
    from: 640,
    cell: (letter) => <span className="block truncate">{letter.source}</span>,
  },
  { id: 'reason', header: 'Reason', width: '160px', cell: (letter) => rejectWords[letter.reason] },
  {
    id: 'line',
    header: 'Line',
    width: '64px',
    align: 'end',
    from: 760,
    cell: (letter) => letter.line.toLocaleString('en'),
  },
  {
    id: 'detail',
    header: 'What is wrong',
    width: 'minmax(140px, 1fr)',
    from: 460,
    cell: (letter) => (
      <span className="block truncate text-n10" title={letter.detail}>
        {letter.detail}
      </span>
    ),
  },
  {
    id: 'size',
    header: 'Size',
    width: '72px',
    align: 'end',
    from: 820,
    cell: (letter) => <span className="text-n10">{letter.size === null ? 'Removed' : byteText(letter.size)}</span>,
  },
  {
    id: 'replayed',
    header: 'Replayed',
    width: '84px',
    from: 560,
    cell: (letter) => letter.replayedDateTime !== null && <Tag tone="ok">Replayed</Tag>,
  },
];

export interface DeadLettersProps {
  search: LedgerSearch;
  sources: readonly string[];
  onSearch: (part: LedgerSearch) => void;
}

/** The records that could not be stored, each with its reason; a press shows the raw bytes. */
export function DeadLetters({ search, sources, onSearch }: DeadLettersProps) {
  const filter = useMemo(() => ({ source: search.source, reason: search.reason }), [search.source, search.reason]);
  const letters = useInfiniteQuery(deadLettersQuery(filter));
  const rows = useMemo(() => letters.data?.pages.flatMap((page) => page.items) ?? [], [letters.data]);
  const total = letters.data?.pages[0]?.total;
  const late = useLate(letters.isPending);
  const filtered = search.source !== undefined || search.reason !== undefined;
  const clear = () => onSearch({ source: '', reason: '' });
  return (
    <section aria-labelledby="dead-letters" className="pt-6 pb-10">
      <div className="flex flex-wrap items-center gap-2 px-4 pb-2">
        <h2 id="dead-letters" className="text-16 font-semibold">
          Dead letters
        </h2>
        <span className="flex-1 text-n9">{total?.toLocaleString('en')}</span>
        <Select
          size="small"
          aria-label="Source of the dead letters"
          value={search.source ?? ''}
          onChange={(source) => onSearch({ source })}
          options={[
            { value: '', label: 'All sources' },
            ...sources.map((source) => ({ value: source, label: source })),
          ]}
        />
        <Select
          size="small"
          aria-label="Reason of the dead letters"
          value={search.reason ?? ''}
          onChange={(reason) => onSearch({ reason })}
          options={[
            { value: '', label: 'All reasons' },
            ...Object.entries(rejectWords).map(([value, label]) => ({ value, label })),
          ]}
        />
      </div>
      <div className="hairline border-t">
        {letters.isError ? (
          <ErrorState
            title="The dead letters could not be loaded"
            error={letters.error}
            onRetry={() => void letters.refetch()}
          />
        ) : letters.isPending ? (
          late && <SkeletonRows rows={4} />
        ) : rows.length === 0 ? (
          filtered ? (
            <EmptyState title="No dead letters match" action={<Button onClick={clear}>Show all</Button>} />
          ) : (
            <EmptyState title="No dead letters">Everything that arrived was stored or known already.</EmptyState>
          )
        ) : (
          <>
            <Table
              label="Dead letters"
              columns={columns}
              rows={rows}
              rowKey={rowKey}
              total={total}
              rowHeight={32}
              flow
              currentKey={search.letter}
              onRowPress={(letter) => onSearch({ letter: rowKey(letter) })}
              onOpen={(letter) => onSearch({ letter: rowKey(letter) })}
            />
            {letters.hasNextPage && (
              <div className="flex justify-center pt-3">
                <Button busy={letters.isFetchingNextPage} onClick={() => void letters.fetchNextPage()}>
                  Show {Math.min(100, (total ?? 0) - rows.length)} more
                </Button>
              </div>
            )}
          </>
        )}
      </div>
    </section>
  );
}

/** 1536 → "1.5 kB"; thousands, not 1024s. */
export function byteText(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${(bytes / 1000).toFixed(1)} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
