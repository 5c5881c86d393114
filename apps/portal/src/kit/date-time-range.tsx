import { Calendar } from 'lucide-react';
import { useState } from 'react';
import { Button } from './button.tsx';
import { TextField } from './field.tsx';
import { Popover } from './popover.tsx';
import { exactTime, instantOf } from './time-format.ts';
import { useZone, type Zone } from './zone.ts';

export interface Range {
  /** ISO 8601 UTC; absent is open. */
  from?: string | undefined;
  to?: string | undefined;
}

export interface DateTimeRangeProps {
  label: string;
  value: Range;
  onChange: (value: Range) => void;
}

const hour = 3_600_000;
const presets = [
  ['Last hour', hour],
  ['Last 24 hours', 24 * hour],
  ['Last 7 days', 168 * hour],
  ['Last 30 days', 720 * hour],
] as const;

/** A range as a button that says what it holds, opening presets and two exact fields in the person's zone. */
export function DateTimeRange({ label, value, onChange }: DateTimeRangeProps) {
  const zone = useZone();
  const [open, setOpen] = useState(false);
  return (
    <Popover
      label={label}
      open={open}
      onOpenChange={setOpen}
      className="w-72"
      trigger={
        <button
          type="button"
          className="hairline inline-flex h-7 shrink-0 items-center gap-1.5 rounded-md border px-2 text-12 text-n10 hover:bg-n3"
        >
          <Calendar aria-hidden size={13} className="text-n9" />
          {label}
          {rangeText(value, zone) !== '' && (
            <>
              : <span className="font-medium text-n12">{rangeText(value, zone)}</span>
            </>
          )}
        </button>
      }
    >
      {(close) => (
        <RangeForm
          value={value}
          zone={zone}
          onDone={(range) => {
            onChange(range);
            close();
          }}
        />
      )}
    </Popover>
  );
}

function RangeForm({ value, zone, onDone }: { value: Range; zone: Zone; onDone: (range: Range) => void }) {
  const [from, setFrom] = useState(toField(value.from, zone));
  const [to, setTo] = useState(toField(value.to, zone));
  const wrong = from !== '' && to !== '' && from > to;
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (!wrong) onDone({ from: fromField(from, zone), to: fromField(to, zone) });
      }}
    >
      <div className="grid grid-cols-2 gap-1.5">
        {presets.map(([name, span]) => (
          <Button key={name} size="small" onClick={() => onDone({ from: new Date(Date.now() - span).toISOString() })}>
            {name}
          </Button>
        ))}
      </div>
      <TextField
        label="From"
        type="datetime-local"
        step={1}
        value={from}
        onChange={(event) => setFrom(event.target.value)}
      />
      <TextField
        label="To"
        type="datetime-local"
        step={1}
        value={to}
        onChange={(event) => setTo(event.target.value)}
        error={wrong ? 'Ends before it begins' : undefined}
        hint={zone === 'utc' ? 'Times in UTC' : zone === 'local' ? 'Times in your local zone' : `Times in ${zone}`}
      />
      <div className="flex justify-end gap-2">
        <Button variant="quiet" onClick={() => onDone({})}>
          Any time
        </Button>
        <Button variant="primary" type="submit" disabledReason={wrong ? 'The range ends before it begins' : undefined}>
          Apply
        </Button>
      </div>
    </form>
  );
}

function rangeText({ from, to }: Range, zone: Zone): string {
  const text = (iso: string) => exactTime(new Date(iso), zone, true);
  if (from && to) return `${text(from)} – ${text(to)}`;
  if (from) return `since ${text(from)}`;
  if (to) return `until ${text(to)}`;
  return '';
}

function toField(iso: string | undefined, zone: Zone): string {
  return iso ? exactTime(new Date(iso), zone).slice(0, 19).replace(' ', 'T') : '';
}

function fromField(text: string, zone: Zone): string | undefined {
  if (text === '') return undefined;
  return instantOf(text, zone)?.toISOString();
}
