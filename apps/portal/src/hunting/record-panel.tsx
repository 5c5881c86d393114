import type { HuntColumn } from '@throughline/model';
import { ChevronLeft, ChevronRight, ListFilter } from 'lucide-react';
import { useState } from 'react';
import { CodeBlock, CopyButton, IconButton, Menu, type MenuEntry, SidePanel, TextField, Time } from '../kit/index.ts';
import type { Refinement } from './add-to-query.ts';
import { incidentsAbout } from './incidents-about.ts';
import type { HuntRow } from './use-hunt.ts';
import { longText, valueText } from './value-text.ts';

interface RecordPanelProps {
  columns: readonly HuntColumn[];
  row: HuntRow;
  number: number;
  count: number;
  onMove: (row: number) => void;
  onClose: () => void;
  onRefine: (column: HuntColumn, value: unknown, how: Refinement) => void;
  /** Shows the queue's incidents about a thing. */
  onIncidents: (text: string) => void;
}

/** One row with all it holds: empty columns are left out, JSON is set out, and each value goes into the query. */
export function RecordPanel(props: RecordPanelProps) {
  const { columns, row, number, count, onMove, onClose } = props;
  const [filter, setFilter] = useState('');
  const facts = columns
    .map((column, index) => ({ column, value: row[index] }))
    .filter(({ value }) => valueText(value) !== '')
    .filter(({ column, value }) => `${column.name} ${valueText(value)}`.toLowerCase().includes(filter.toLowerCase()));
  return (
    <SidePanel
      title={`Row ${(number + 1).toLocaleString('en')}`}
      label={`Row ${number + 1} of ${count}`}
      onClose={onClose}
      actions={
        <>
          <IconButton
            label="Row before"
            icon={ChevronLeft}
            disabled={number === 0}
            onClick={() => onMove(number - 1)}
          />
          <IconButton
            label="Next row"
            icon={ChevronRight}
            disabled={number >= count - 1}
            onClick={() => onMove(number + 1)}
          />
          <CopyButton
            label="Copy the row as JSON"
            text={JSON.stringify(
              Object.fromEntries(columns.map(({ name }, index) => [name, row[index] ?? null])),
              null,
              2,
            )}
          />
        </>
      }
    >
      <div className="flex flex-col gap-3 p-4">
        <TextField
          label="Find in this row"
          labelHidden
          placeholder="Find in this row"
          value={filter}
          onChange={(event) => setFilter(event.target.value)}
        />
        <dl className="flex flex-col">
          {facts.map(({ column, value }) => (
            <div key={column.name} className="hairline grid grid-cols-[1fr_auto] items-start gap-x-2 border-b py-1.5">
              <dt className="col-start-1 text-12 text-n9">{column.name}</dt>
              <dd className="col-start-1 min-w-0 font-mono text-12 wrap-anywhere">
                <Fact column={column} value={value} />
              </dd>
              <dd className="col-start-2 row-span-2 row-start-1">
                <Menu
                  align="end"
                  trigger={<IconButton size="small" label={`Use ${column.name}`} icon={ListFilter} />}
                  entries={entriesFor(props, column, value)}
                />
              </dd>
            </div>
          ))}
        </dl>
      </div>
    </SidePanel>
  );
}

function Fact({ column, value }: { column: HuntColumn; value: unknown }) {
  if (column.type === 'datetime') return <Time value={String(value)} form="exact" copyable />;
  const text = longText(value);
  return text.includes('\n') || text.length > 400 ? (
    <CodeBlock code={text} label={column.name} wrap maxLines={10} />
  ) : (
    text
  );
}

function entriesFor({ onRefine, onIncidents }: RecordPanelProps, column: HuntColumn, value: unknown): MenuEntry[] {
  const add = (label: string, how: Refinement): MenuEntry => ({ label, onSelect: () => onRefine(column, value, how) });
  const ordered = column.type === 'datetime' || ['int', 'long', 'real', 'decimal'].includes(column.type);
  const parsed = column.type === 'dynamic' || (typeof value === 'string' && /^\s*[[{]/.test(value));
  const about = incidentsAbout(column.name, value);
  return [
    'Add to the query',
    add('Only this value', 'include'),
    add('Not this value', 'exclude'),
    ...(ordered
      ? [add('From this value on', 'after'), add('Up to this value', 'before')]
      : [add('Contains it', 'contains')]),
    ...(parsed ? [add('Take its parts out', 'extend')] : []),
    ...(about === undefined
      ? []
      : [
          '-',
          { label: `Incidents with this ${about.what}`, onSelect: () => onIncidents(about.text) } satisfies MenuEntry,
        ]),
  ];
}
