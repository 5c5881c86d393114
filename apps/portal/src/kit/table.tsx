import { clsx } from 'clsx';
import { type KeyboardEvent, type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { scrollTopFor, useRowWindow } from './row-window.ts';
import { type Column, type Sort, selectRows, shownColumns } from './table-column.ts';
import { TableHead } from './table-head.tsx';
import { TableRow } from './table-row.tsx';

export interface TableSelection<Row> {
  selected: ReadonlySet<string>;
  onChange: (selected: ReadonlySet<string>) => void;
  /** Names a row for its check box. */
  label: (row: Row) => string;
}

export interface TableProps<Row> {
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  /** Px: 32 compact, 40 comfortable. */
  rowHeight?: number;
  /** Rows that exist, loaded or not; default those given. */
  total?: number | undefined;
  sort?: Sort | undefined;
  onSort?: (column: string) => void;
  hidden?: readonly string[];
  selection?: TableSelection<Row> | undefined;
  /** The row that has, or will get, the focus. Controlled when given. */
  activeKey?: string | undefined;
  onActiveChange?: (key: string) => void;
  /** The row shown in a side panel. */
  currentKey?: string | undefined;
  /** A press on the row's ground (not on a link or button in it). */
  onRowPress?: (row: Row) => void;
  /** Enter on a row that has the focus. */
  onOpen?: (row: Row) => void;
  /** The last loaded rows came into view. */
  onReachEnd?: () => void;
  /** Earlier rows stay, dimmed, while new ones load. */
  busy?: boolean;
  /** Drawn inside the row before its cells: the severity bar. */
  rowEdge?: (row: Row) => ReactNode;
  /** Grows with its rows instead of scrolling in its own box. */
  flow?: boolean;
  /** Stands below the last row. */
  foot?: ReactNode;
}

const headHeight = 33;

/**
 * A grid of virtual rows: only what is in view is in the document, aria-rowcount and aria-rowindex tell the rest. One
 * row takes the tab stop; arrows, Home, End and Page keys move it.
 */
export function Table<Row>(props: TableProps<Row>) {
  const { columns, rows, rowKey, rowHeight = 40, selection, hidden = [], onReachEnd, onActiveChange, onOpen } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const [ownActive, setOwnActive] = useState<string>();
  const anchor = useRef<string>(undefined);
  const focusNext = useRef(false);

  const overscan = props.flow ? rows.length : 8;
  const { start, end, width } = useRowWindow(scroller, rowHeight, rows.length, overscan);

  const keys = useMemo(() => rows.map(rowKey), [rows, rowKey]);
  const shown = useMemo(() => shownColumns(columns, hidden, width), [columns, hidden, width]);
  const template = `${selection ? '32px ' : ''}${shown.map((column) => column.width).join(' ')}`;
  const wanted = props.activeKey ?? ownActive;
  const activeIndex = Math.max(0, wanted === undefined ? 0 : keys.indexOf(wanted));
  useEffect(() => {
    if (rows.length > 0 && end >= rows.length - 4) onReachEnd?.();
  }, [end, rows.length, onReachEnd]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: only a new active row scrolls, never new data
  useEffect(() => {
    if (wanted === undefined || !keys.includes(wanted)) return;
    const node = scroller.current;
    if (node && !props.flow) {
      node.scrollTop = scrollTopFor(activeIndex, node.scrollTop, node.clientHeight, rowHeight, headHeight);
    }
    const here = document.activeElement;
    if (focusNext.current || here === document.body || scroller.current?.contains(here)) {
      focusNext.current = false;
      requestAnimationFrame(() =>
        scroller.current?.querySelector<HTMLElement>('[role="row"][tabindex="0"]')?.focus({ preventScroll: true }),
      );
    }
  }, [wanted]);

  const activate = useCallback(
    (key: string) => {
      setOwnActive(key);
      onActiveChange?.(key);
    },
    [onActiveChange],
  );
  const chosen = useRef(selection);
  chosen.current = selection;
  const allKeys = useRef(keys);
  allKeys.current = keys;
  const select = useCallback((key: string, stretch: boolean) => {
    const now = chosen.current;
    if (!now) return;
    now.onChange(selectRows(allKeys.current, now.selected, key, stretch ? anchor.current : undefined));
    anchor.current = key;
  }, []);

  const onKeyDown = (event: KeyboardEvent) => {
    if (!(event.target instanceof HTMLElement) || event.target.role !== 'row') return;
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 400) / rowHeight) - 2);
    const moves: Record<string, number> = {
      ArrowDown: activeIndex + 1,
      ArrowUp: activeIndex - 1,
      PageDown: activeIndex + page,
      PageUp: activeIndex - page,
      Home: 0,
      End: rows.length - 1,
    };
    const to = moves[event.key];
    const row = rows[activeIndex];
    if (to !== undefined && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      const key = keys[Math.max(0, Math.min(rows.length - 1, to))];
      if (key === undefined) return;
      focusNext.current = true;
      activate(key);
    } else if (event.key === 'Enter' && row !== undefined && onOpen) {
      event.preventDefault();
      onOpen(row);
    }
  };

  // A row scrolled out of the document cannot hold the tab stop; the first drawn one does for it.
  const tabStop = activeIndex >= start && activeIndex < end ? activeIndex : start;
  const picked = selection ? keys.filter((key) => selection.selected.has(key)).length : 0;
  return (
    <div ref={scroller} className={clsx('min-h-0 min-w-0', props.flow ? 'overflow-x-auto' : 'h-full overflow-auto')}>
      {/* biome-ignore lint/a11y/useSemanticElements: a table element cannot hold virtual rows */}
      <div
        role="grid"
        aria-label={props.label}
        aria-rowcount={(props.total ?? rows.length) + 1}
        aria-colcount={shown.length + (selection ? 1 : 0)}
        aria-multiselectable={selection ? true : undefined}
        aria-busy={props.busy || undefined}
        onKeyDown={onKeyDown}
      >
        <TableHead
          columns={shown as readonly Column<never>[]}
          template={template}
          sort={props.sort}
          onSort={props.onSort}
          {...(selection && {
            selectAll: picked === 0 ? false : picked === keys.length ? true : ('some' as const),
            onSelectAll: (on: boolean) =>
              selection.onChange(on ? new Set([...selection.selected, ...keys]) : new Set()),
          })}
        />
        {/* biome-ignore lint/a11y/useSemanticElements: see above */}
        <div
          role="rowgroup"
          className={clsx('relative', props.busy && 'opacity-60')}
          style={{ height: rows.length * rowHeight }}
        >
          {rows.slice(start, end).map((row, offset) => {
            const index = start + offset;
            const key = keys[index];
            if (key === undefined) return null;
            return (
              <TableRow
                key={key}
                row={row}
                rowId={key}
                index={index}
                height={rowHeight}
                template={template}
                columns={shown}
                active={index === tabStop}
                current={key === props.currentKey}
                selected={selection ? selection.selected.has(key) : undefined}
                selectLabel={selection?.label}
                onSelect={select}
                onActivate={activate}
                onPress={props.onRowPress}
                edge={props.rowEdge}
              />
            );
          })}
        </div>
      </div>
      {props.foot}
    </div>
  );
}
