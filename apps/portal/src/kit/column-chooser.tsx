import { Columns3 } from 'lucide-react';
import { useState } from 'react';
import { Checkbox } from './checkbox.tsx';
import { Popover } from './popover.tsx';

export interface ColumnChooserProps {
  columns: readonly { id: string; header: string; fixed?: boolean }[];
  hidden: readonly string[];
  onChange: (hidden: string[]) => void;
}

export function ColumnChooser({ columns, hidden, onChange }: ColumnChooserProps) {
  const [open, setOpen] = useState(false);
  return (
    <Popover
      label="Columns"
      open={open}
      onOpenChange={setOpen}
      align="end"
      className="p-1.5!"
      trigger={
        <button
          type="button"
          aria-label="Choose columns"
          title="Choose columns"
          className="inline-flex size-7 items-center justify-center rounded-md text-n10 hover:bg-n3 hover:text-n12"
        >
          <Columns3 aria-hidden size={15} strokeWidth={1.75} />
        </button>
      }
    >
      <fieldset className="flex flex-col">
        <legend className="px-1.5 pb-1 text-12 text-n9">Columns shown</legend>
        {columns
          .filter((column) => !column.fixed)
          .map((column) => (
            <Checkbox
              key={column.id}
              className="min-h-7 justify-start! rounded-sm px-1.5 hover:bg-n3"
              label={column.header}
              checked={!hidden.includes(column.id)}
              onChange={(on) => onChange(on ? hidden.filter((id) => id !== column.id) : [...hidden, column.id])}
            />
          ))}
      </fieldset>
    </Popover>
  );
}
