import type { CorrelationException } from '@throughline/model';
import { useState } from 'react';
import { Button, type Column, EmptyState, Table, Time } from '../kit/index.ts';
import { effectWords, subjectWords } from './correlation-words.ts';
import type { Draft, DraftException } from './draft.ts';
import { ExceptionDialog } from './exception-dialog.tsx';

interface ExceptionsTabProps {
  draft: Draft;
  saved: readonly CorrelationException[];
  mayChange: boolean;
  onChange: (draft: Draft) => void;
}

type Row = { exception: DraftException; by: string; at: string | null };

const rowKey = ({ exception }: Row) => exception.id ?? `${exception.subject} ${exception.effect} ${exception.value}`;

/** What is left out of correlation, or linked differently, and who said so. */
export function ExceptionsTab({ draft, saved, mayChange, onChange }: ExceptionsTabProps) {
  const [opened, setOpened] = useState<DraftException | 'new' | null>(null);
  const { exceptions } = draft;
  const rows = exceptions.map((exception): Row => {
    const known = saved.find(({ id }) => id === exception.id);
    return { exception, by: known?.createdBy ?? 'You, not saved yet', at: known?.createdDateTime ?? null };
  });
  const put = (next: DraftException[]) => onChange({ ...draft, exceptions: next });
  return (
    <div className="flex flex-col gap-4 pt-4 pb-10">
      <div className="flex flex-wrap items-start justify-between gap-4 px-4">
        <p className="max-w-160 text-n10">
          An alert that an exception leaves out opens an incident of its own. A rule can ask for the same itself: when
          its description begins with <code>#DONT_CORR#</code>.
        </p>
        {mayChange && <Button onClick={() => setOpened('new')}>New exception</Button>}
      </div>
      {rows.length === 0 ? (
        <EmptyState title="No exceptions">
          Every detection and entity takes part in correlation as it is measured.
        </EmptyState>
      ) : (
        <Table
          label="Exceptions"
          columns={columnsFor(mayChange, setOpened, (gone) => put(exceptions.filter((each) => each !== gone)))}
          rows={rows}
          rowKey={rowKey}
          rowHeight={52}
          flow
        />
      )}
      {opened !== null && (
        <ExceptionDialog
          exception={opened === 'new' ? null : opened}
          taken={exceptions}
          onClose={() => setOpened(null)}
          onDone={(made) => {
            put(opened === 'new' ? [...exceptions, made] : exceptions.map((each) => (each === opened ? made : each)));
            setOpened(null);
          }}
        />
      )}
    </div>
  );
}

function columnsFor(
  mayChange: boolean,
  onOpen: (exception: DraftException) => void,
  onRemove: (exception: DraftException) => void,
): Column<Row>[] {
  return [
    {
      id: 'about',
      header: 'About',
      width: 'minmax(150px, 2fr)',
      cell: ({ exception }) => (
        <div className="min-w-0">
          <span className="block truncate font-medium">{exception.name}</span>
          <span className="block truncate text-12 text-n9">
            {subjectWords[exception.subject]} · {effectWords[exception.effect].label}
          </span>
        </div>
      ),
    },
    {
      id: 'reason',
      header: 'Reason',
      width: 'minmax(140px, 3fr)',
      from: 640,
      cell: ({ exception }) => <span className="line-clamp-2 text-n10">{exception.reason}</span>,
    },
    {
      id: 'until',
      header: 'Until',
      width: '112px',
      from: 760,
      cell: ({ exception: { expiresDateTime } }) =>
        expiresDateTime === null ? (
          <span className="text-n9">No end</span>
        ) : Date.parse(expiresDateTime) <= Date.now() ? (
          <span className="text-n9">Ended</span>
        ) : (
          <Time value={expiresDateTime} form="short" />
        ),
    },
    {
      id: 'by',
      header: 'By',
      width: '140px',
      from: 880,
      cell: ({ by, at }) => (
        <div className="min-w-0">
          <span className="block truncate">{by}</span>
          {at !== null && (
            <span className="block text-12 text-n9">
              <Time value={at} form="ago" />
            </span>
          )}
        </div>
      ),
    },
    {
      id: 'actions',
      header: 'Actions',
      headerHidden: true,
      width: '156px',
      cell: ({ exception }) =>
        mayChange && (
          <div className="flex gap-1">
            <Button
              size="small"
              variant="quiet"
              onClick={() => onOpen(exception)}
              aria-label={`Change ${exception.name}`}
            >
              Change
            </Button>
            <Button
              size="small"
              variant="quiet"
              onClick={() => onRemove(exception)}
              aria-label={`Remove ${exception.name}`}
            >
              Remove
            </Button>
          </div>
        ),
    },
  ];
}
