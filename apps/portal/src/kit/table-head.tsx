import { clsx } from 'clsx';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { Checkbox } from './checkbox.tsx';
import type { Column, Sort } from './table-column.ts';

export interface TableHeadProps {
  columns: readonly Column<never>[];
  template: string;
  sort: Sort | undefined;
  onSort: ((column: string) => void) | undefined;
  selectAll?: boolean | 'some';
  onSelectAll?: (on: boolean) => void;
}

export function TableHead({ columns, template, sort, onSort, selectAll, onSelectAll }: TableHeadProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: part of a grid of virtual rows
    <div role="rowgroup" className="hairline sticky top-0 z-10 border-b bg-n1">
      {/* biome-ignore lint/a11y/useSemanticElements: part of a grid of virtual rows */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: the head row never takes the focus; its buttons do */}
      <div
        role="row"
        aria-rowindex={1}
        style={{ gridTemplateColumns: template }}
        className="grid h-8 items-center gap-x-3 pr-4 pl-4"
      >
        {onSelectAll && (
          // biome-ignore lint/a11y/useSemanticElements: part of a grid of virtual rows
          // biome-ignore lint/a11y/useFocusableInteractive: holds a check box
          <div role="columnheader">
            <Checkbox label="Select all loaded rows" labelHidden checked={selectAll ?? false} onChange={onSelectAll} />
          </div>
        )}
        {columns.map((column) => {
          const sorted = sort?.column === column.id ? sort.direction : undefined;
          const Arrow = sorted === 'asc' ? ArrowUp : ArrowDown;
          return (
            // biome-ignore lint/a11y/useSemanticElements: part of a grid of virtual rows
            // biome-ignore lint/a11y/useFocusableInteractive: its button takes the focus
            <div
              key={column.id}
              role="columnheader"
              aria-sort={sorted === 'asc' ? 'ascending' : sorted === 'desc' ? 'descending' : undefined}
              className={clsx('flex min-w-0 text-12 text-n9', column.align === 'end' && 'justify-end')}
            >
              {column.headerHidden ? (
                <span className="sr-only">{column.header}</span>
              ) : column.sortable && onSort ? (
                <button
                  type="button"
                  onClick={() => onSort(column.id)}
                  className={clsx(
                    '-mx-1 inline-flex h-6 max-w-full items-center gap-1 rounded-sm px-1 hover:bg-n3 hover:text-n12',
                    sorted && 'font-medium text-n12',
                  )}
                >
                  <span className="truncate">{column.header}</span>
                  {sorted && <Arrow aria-hidden size={12} className="shrink-0" />}
                </button>
              ) : (
                <span className="truncate leading-6">{column.header}</span>
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}
