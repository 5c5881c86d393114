import { useNow } from './clock.ts';
import { copyText } from './copy-button.tsx';
import { exactTime, relativeTime } from './time-format.ts';
import { useToast } from './toast.tsx';
import { useZone } from './zone.ts';

export interface TimeProps {
  /** ISO 8601, or ms since the epoch. */
  value: string | number | null | undefined;
  /** `relative` "4 min", `ago` "4 min ago", `exact` with seconds and zone, `short` date and minute. */
  form?: 'relative' | 'ago' | 'exact' | 'short';
  /** Makes it a button that copies the ISO form. */
  copyable?: boolean;
}

/** Every time in the portal: the exact one on hover, in the zone the person chose. */
export function Time({ value, form = 'relative', copyable = false }: TimeProps) {
  const zone = useZone();
  const now = useNow();
  const toast = useToast();
  const date = value === null || value === undefined ? undefined : new Date(value);
  if (!date || Number.isNaN(date.getTime())) return <span className="text-n9">–</span>;
  const iso = date.toISOString();
  const exact = exactTime(date, zone);
  const text =
    form === 'exact'
      ? exact
      : form === 'short'
        ? exactTime(date, zone, true)
        : relativeTime(date.getTime(), Math.max(now, Date.now() - 1000), form === 'ago');
  const time = (
    <time dateTime={iso} title={form === 'exact' ? iso : `${exact} · ${iso}`} className="whitespace-nowrap">
      {text}
    </time>
  );
  if (!copyable) return time;
  return (
    <button
      type="button"
      aria-label={`Copy the time ${exact}`}
      className="min-h-6 rounded-xs decoration-n8 decoration-dotted underline-offset-2 hover:underline"
      onClick={() => void copyText(iso).then((done) => done && toast({ message: `Copied ${iso}` }))}
    >
      {time}
    </button>
  );
}
