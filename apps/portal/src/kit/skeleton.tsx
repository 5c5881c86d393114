import { clsx } from 'clsx';
import { useEffect, useState } from 'react';

/** A grey bar of the final text's size; give width and height as classes. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden className={clsx('block h-3 rounded-xs bg-n4', className)} />;
}

const widths = ['w-4/5', 'w-3/5', 'w-2/3', 'w-1/2', 'w-3/4'];

/** Rows in the final shape of a list; `rowClass` sets their height. */
export function SkeletonRows({
  rows,
  rowClass = 'h-10',
  label = 'Loading',
}: {
  rows: number;
  rowClass?: string;
  label?: string;
}) {
  return (
    <div role="status" aria-label={label}>
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: placeholders have no identity but their place
        <div key={row} className={clsx('hairline flex items-center gap-6 border-b px-4', rowClass)}>
          <Skeleton className="w-10" />
          <span className="flex-1">
            <Skeleton className={widths[row % widths.length] ?? ''} />
          </span>
          <Skeleton className="w-24" />
          <Skeleton className="hidden w-16 sm:block" />
        </div>
      ))}
    </div>
  );
}

/** True once `waiting` has lasted `delayMs`: what answers faster never flashes a skeleton. */
export function useLate(waiting: boolean, delayMs = 150): boolean {
  const [late, setLate] = useState(false);
  useEffect(() => {
    if (!waiting) {
      setLate(false);
      return;
    }
    const timer = setTimeout(() => setLate(true), delayMs);
    return () => clearTimeout(timer);
  }, [waiting, delayMs]);
  return waiting && late;
}
