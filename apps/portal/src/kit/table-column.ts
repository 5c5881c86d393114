import type { ReactNode } from 'react';

export interface Column<Row> {
  id: string;
  header: string;
  /** Keeps the heading for screen readers only. */
  headerHidden?: boolean;
  /** A CSS grid track: "88px", "minmax(240px, 1fr)". */
  width: string;
  cell: (row: Row) => ReactNode;
  sortable?: boolean;
  align?: 'end';
  /** The table's width in px from which the column is shown. */
  from?: number;
  /** Cannot be hidden by the column chooser. */
  fixed?: boolean;
}

export interface Sort {
  column: string;
  direction: 'asc' | 'desc';
}

/** Pressing a heading: the same column turns round, another starts descending. */
export function nextSort(now: Sort | undefined, column: string): Sort {
  return { column, direction: now?.column === column && now.direction === 'desc' ? 'asc' : 'desc' };
}

/** The columns to draw: those not hidden by choice, and for which there is room. */
export function shownColumns<Row>(
  columns: readonly Column<Row>[],
  hidden: readonly string[],
  width: number,
): Column<Row>[] {
  return columns.filter((column) => (column.fixed || !hidden.includes(column.id)) && width >= (column.from ?? 0));
}

/** The keys selected when the row `key` is pressed: one toggled, or with `anchor` the whole stretch between added. */
export function selectRows(
  keys: readonly string[],
  selected: ReadonlySet<string>,
  key: string,
  anchor: string | undefined,
): ReadonlySet<string> {
  const next = new Set(selected);
  const [a, b] = [keys.indexOf(key), anchor === undefined ? -1 : keys.indexOf(anchor)];
  if (b === -1 || a === -1) {
    if (!next.delete(key)) next.add(key);
    return next;
  }
  for (const each of keys.slice(Math.min(a, b), Math.max(a, b) + 1)) next.add(each);
  return next;
}
