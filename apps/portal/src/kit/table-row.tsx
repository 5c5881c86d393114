import { clsx } from 'clsx';
import { memo, type ReactNode } from 'react';
import { Checkbox } from './checkbox.tsx';
import type { Column } from './table-column.ts';

export interface TableRowProps<Row> {
  row: Row;
  rowId: string;
  index: number;
  height: number;
  template: string;
  columns: readonly Column<Row>[];
  active: boolean;
  current: boolean;
  selected: boolean | undefined;
  selectLabel: ((row: Row) => string) | undefined;
  onSelect: (key: string, stretch: boolean) => void;
  onActivate: (key: string) => void;
  onPress: ((row: Row) => void) | undefined;
  edge: ((row: Row) => ReactNode) | undefined;
}

function Row<Row>(props: TableRowProps<Row>) {
  const { row, rowId, index, columns, selected, onPress } = props;
  return (
    // biome-ignore lint/a11y/useSemanticElements: part of a grid of virtual rows
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid takes the keys for all its rows
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-selected={selected}
      aria-current={props.current ? 'true' : undefined}
      tabIndex={props.active ? 0 : -1}
      onFocus={(event) => event.target === event.currentTarget && !props.active && props.onActivate(rowId)}
      onClick={(event) => {
        if (event.target instanceof Element && event.target.closest('a, button, input, label, select')) return;
        props.onActivate(rowId);
        if (event.shiftKey && selected !== undefined) props.onSelect(rowId, true);
        else onPress?.(row);
      }}
      style={{
        height: props.height,
        transform: `translateY(${index * props.height}px)`,
        gridTemplateColumns: props.template,
      }}
      className={clsx(
        'hairline absolute top-0 left-0 grid w-full items-center gap-x-3 border-b pr-4 pl-4 -outline-offset-2!',
        onPress && 'cursor-pointer',
        props.current ? 'bg-accent-soft' : selected ? 'bg-n4' : 'hover:bg-n2',
      )}
    >
      {props.edge?.(row)}
      {selected !== undefined && (
        // biome-ignore lint/a11y/useSemanticElements: part of a grid of virtual rows
        // biome-ignore lint/a11y/useFocusableInteractive: holds a check box
        <div
          role="gridcell"
          onClickCapture={(event) => {
            if (!event.shiftKey) return;
            event.preventDefault();
            event.stopPropagation();
            props.onSelect(rowId, true);
          }}
        >
          <Checkbox
            label={`Select ${props.selectLabel?.(row) ?? rowId}`}
            labelHidden
            tabIndex={props.active ? 0 : -1}
            checked={selected}
            onChange={() => props.onSelect(rowId, false)}
          />
        </div>
      )}
      {columns.map((column) => (
        // biome-ignore lint/a11y/useSemanticElements: part of a grid of virtual rows
        // biome-ignore lint/a11y/useFocusableInteractive: the row takes the focus
        <div key={column.id} role="gridcell" className={clsx('min-w-0', column.align === 'end' && 'text-right')}>
          {column.cell(row)}
        </div>
      ))}
    </div>
  );
}

/** One row; drawn anew only when its own facts change. */
export const TableRow = memo(Row) as typeof Row;
