import type { HuntColumn } from '@throughline/model';
import { useMemo, useState } from 'react';
import { type Column, nextSort, type Sort, Table, Time } from '../kit/index.ts';
import type { HuntRow } from './use-hunt.ts';
import { valueText } from './value-text.ts';

interface Numbered {
  readonly at: number;
  readonly row: HuntRow;
}

interface ResultTableProps {
  columns: readonly HuntColumn[];
  rows: readonly HuntRow[];
  /** The row that is open, by its number. */
  open: number | undefined;
  onOpen: (row: number) => void;
}

const key = ({ at }: Numbered) => String(at);

/** The rows of a result: any column sorts, a press opens the row with all it holds. */
export function ResultTable({ columns, rows, open, onOpen }: ResultTableProps) {
  const [sort, setSort] = useState<Sort>();
  const shown = useMemo(() => columns.map(columnOf), [columns]);
  const numbered = useMemo(() => {
    const list = rows.map((row, at) => ({ at, row }));
    const by = sort && columns.findIndex(({ name }) => name === sort.column);
    if (sort === undefined || by === undefined || by < 0) return list;
    const turn = sort.direction === 'asc' ? 1 : -1;
    return list.sort((one, other) => turn * compare(one.row[by], other.row[by]));
  }, [rows, columns, sort]);
  const width = columns.reduce((sum, column) => sum + Number.parseInt(widthOf(column), 10), 0);
  return (
    <div className="h-full min-h-0 overflow-x-auto">
      <div className="h-full" style={{ minWidth: `max(100%, ${width + 16}px)` }}>
        <Table
          label="Results"
          columns={shown}
          rows={numbered}
          rowKey={key}
          rowHeight={30}
          sort={sort}
          onSort={(column) => setSort(nextSort(sort, column))}
          currentKey={open === undefined ? undefined : String(open)}
          onRowPress={({ at }) => onOpen(at)}
          onOpen={({ at }) => onOpen(at)}
        />
      </div>
    </div>
  );
}

function columnOf(column: HuntColumn, index: number): Column<Numbered> {
  const right = ['int', 'long', 'real', 'decimal'].includes(column.type);
  return {
    id: column.name,
    header: column.name,
    width: `minmax(${widthOf(column)}, 1fr)`,
    sortable: true,
    ...(right && { align: 'end' as const }),
    cell: ({ row }) => <Value type={column.type} value={row[index]} />,
  };
}

function widthOf({ name, type }: HuntColumn): string {
  const least = type === 'datetime' ? 212 : type === 'bool' ? 72 : ['int', 'long', 'real'].includes(type) ? 88 : 148;
  return `${Math.max(least, name.length * 7 + 28)}px`;
}

function Value({ type, value }: { type: HuntColumn['type']; value: unknown }) {
  if (type === 'datetime' && typeof value === 'string') return <Time value={value} form="exact" />;
  const text = valueText(value);
  return (
    <span className="block truncate font-mono text-12" title={text.slice(0, 600)}>
      {text.slice(0, 600)}
    </span>
  );
}

function compare(one: unknown, other: unknown): number {
  if (one === null || one === undefined) return other === null || other === undefined ? 0 : -1;
  if (other === null || other === undefined) return 1;
  if (typeof one === 'number' && typeof other === 'number') return one - other;
  return valueText(one).localeCompare(valueText(other), 'en', { numeric: true });
}
