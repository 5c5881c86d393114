import { useQuery } from '@tanstack/react-query';
import type { HuntingTableSummary } from '@throughline/model';
import { ChevronDown, ChevronRight, TextCursorInput } from 'lucide-react';
import { useDeferredValue, useState } from 'react';
import { huntTablesQuery } from '../api/hunting.ts';
import { ErrorState, IconButton, ScrollRegion, SkeletonRows, Switch, TextField, useLate } from '../kit/index.ts';

interface SchemaPanelProps {
  onInsert: (text: string) => void;
  /** Opens a first query on a table. */
  onLook: (table: string) => void;
}

/** The tables with their columns and what they hold; a press writes a name where the caret is. */
export function SchemaPanel({ onInsert, onLook }: SchemaPanelProps) {
  const tables = useQuery({
    ...huntTablesQuery,
    // Whoever has just sent the first records is looking for them.
    refetchInterval: ({ state }) => (state.data?.some(({ rows }) => rows > 0) ? 60_000 : 5_000),
  });
  const late = useLate(tables.isPending);
  const [filter, setFilter] = useState('');
  const [empty, setEmpty] = useState(false);
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const wanted = useDeferredValue(filter.trim().toLowerCase());
  if (tables.isError) {
    return (
      <ErrorState title="The tables could not be loaded" error={tables.error} onRetry={() => void tables.refetch()} />
    );
  }
  if (tables.isPending) return late ? <SkeletonRows rows={8} /> : null;
  const held = tables.data.filter(({ rows }) => rows > 0);
  const shown = (wanted !== '' || empty || held.length === 0 ? tables.data : held).filter((table) =>
    matches(table, wanted),
  );
  const toggle = (name: string) =>
    setOpen((now) => {
      const next = new Set(now);
      if (!next.delete(name)) next.add(name);
      return next;
    });
  return (
    <div className="flex h-full min-h-0 flex-col">
      <div className="flex flex-col gap-2 p-2">
        <TextField
          label="Find a table or column"
          labelHidden
          placeholder="Find a table or column"
          value={filter}
          onChange={(event) => setFilter(event.target.value)}
        />
        {held.length > 0 && <Switch checked={empty} onChange={setEmpty} label="Show empty tables" />}
      </div>
      <ScrollRegion label="Tables" className="min-h-0 flex-1 overflow-y-auto px-1 pb-2">
        {shown.length === 0 && <p className="px-2 py-1 text-n9">Nothing is called “{filter}”.</p>}
        <ul>
          {shown.map((table) => (
            <li key={table.name}>
              <div className="flex items-center">
                <button
                  type="button"
                  aria-expanded={open.has(table.name)}
                  onClick={() => toggle(table.name)}
                  className="flex h-7 min-w-0 flex-1 items-center gap-1 rounded-md px-1 text-left hover:bg-n3"
                >
                  {open.has(table.name) ? (
                    <ChevronDown aria-hidden size={14} />
                  ) : (
                    <ChevronRight aria-hidden size={14} />
                  )}
                  <span className="min-w-0 flex-1 truncate">{table.name}</span>
                  <span className="text-12 text-n9">{table.rows > 0 ? short(table.rows) : ''}</span>
                </button>
                <IconButton
                  size="small"
                  label={`Look into ${table.name}`}
                  icon={TextCursorInput}
                  onClick={() => onLook(table.name)}
                />
              </div>
              {open.has(table.name) && (
                <ul className="hairline mb-1 ml-3 border-l pl-2">
                  {table.columns.map(({ name, type }) => (
                    <li key={name}>
                      <button
                        type="button"
                        title={`Write ${name}`}
                        onClick={() => onInsert(name)}
                        className="flex w-full items-center gap-2 rounded-md px-1 py-0.5 text-left hover:bg-n3"
                      >
                        <span className="min-w-0 flex-1 truncate font-mono text-12">{name}</span>
                        <span className="text-12 text-n9">{type}</span>
                      </button>
                    </li>
                  ))}
                </ul>
              )}
            </li>
          ))}
        </ul>
      </ScrollRegion>
    </div>
  );
}

function matches(table: HuntingTableSummary, wanted: string): boolean {
  return (
    wanted === '' ||
    table.name.toLowerCase().includes(wanted) ||
    table.columns.some(({ name }) => name.toLowerCase().includes(wanted))
  );
}

function short(rows: number): string {
  return Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 }).format(rows);
}
