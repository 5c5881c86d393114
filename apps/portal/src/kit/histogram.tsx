import { clsx } from 'clsx';
import { useRef, useState } from 'react';
import { exactTime } from './time-format.ts';
import { useZone } from './zone.ts';

export interface HistogramBucket {
  /** Start of the bucket, ms since the epoch. */
  start: number;
  /** Counts by part, stacked in the order of `parts`. */
  counts: Readonly<Record<string, number>>;
}

export interface HistogramProps {
  label: string;
  buckets: readonly HistogramBucket[];
  /** Length of one bucket in ms. */
  bucketMs: number;
  parts: readonly { id: string; label: string; fill: string }[];
  /** What is counted, in the plural: "alerts". */
  unit?: string;
  height?: number;
  /** Dragging (or Shift with the arrows) marks a range; both ends in ms. Absent, it only shows. */
  onBrush?: (range: { from: number; to: number } | undefined) => void;
  brushed?: { from: number; to: number } | undefined;
}

const dayMs = 86_400_000;

/** Stacked bars over time. Drag to mark a range; by keyboard, arrows move and Shift+arrows mark, Enter applies, Escape clears. */
export function Histogram({
  label,
  buckets,
  bucketMs,
  parts,
  unit = '',
  height = 64,
  onBrush,
  brushed,
}: HistogramProps) {
  const zone = useZone();
  const box = useRef<HTMLDivElement>(null);
  const [mark, setMark] = useState<{ anchor: number; head: number }>();
  const [cursor, setCursor] = useState<number>();
  const sum = (bucket: HistogramBucket) => parts.reduce((total, part) => total + (bucket.counts[part.id] ?? 0), 0);
  const max = Math.max(1, ...buckets.map(sum));
  const start = buckets[0]?.start ?? 0;
  const at = (clientX: number) => {
    const rect = box.current?.getBoundingClientRect();
    if (!rect) return 0;
    return Math.max(0, Math.min(buckets.length - 1, Math.floor(((clientX - rect.left) / rect.width) * buckets.length)));
  };
  const apply = (marked: { anchor: number; head: number }) => {
    const [low, high] = [Math.min(marked.anchor, marked.head), Math.max(marked.anchor, marked.head)];
    onBrush?.({ from: start + low * bucketMs, to: start + (high + 1) * bucketMs });
    setMark(undefined);
  };
  const shown = mark
    ? { low: Math.min(mark.anchor, mark.head), high: Math.max(mark.anchor, mark.head) + 1 }
    : brushed && {
        low: Math.max(0, (brushed.from - start) / bucketMs),
        high: Math.min(buckets.length, (brushed.to - start) / bucketMs),
      };
  const clock = (ms: number) => exactTime(new Date(ms), zone, true);
  const under = cursor === undefined ? undefined : buckets[cursor];
  const total = buckets.reduce((all, bucket) => all + sum(bucket), 0);
  const words = under
    ? `${clock(under.start)}: ${
        parts
          .filter((part) => (under.counts[part.id] ?? 0) > 0)
          .map((part) => `${under.counts[part.id]} ${part.label.toLowerCase()}`)
          .join(', ') || 'none'
      }`
    : `${total.toLocaleString('en')} ${unit === '' ? 'in all' : unit}`;

  return (
    <div className="flex flex-col gap-1">
      <div
        ref={box}
        role="slider"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={Math.max(0, buckets.length - 1)}
        aria-valuenow={cursor ?? Math.max(0, buckets.length - 1)}
        aria-valuetext={words}
        aria-disabled={onBrush === undefined || undefined}
        tabIndex={0}
        style={{ height }}
        className={clsx('hairline relative touch-none border-b', onBrush && 'cursor-crosshair')}
        onPointerDown={(event) => {
          if (!onBrush) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          setMark({ anchor: at(event.clientX), head: at(event.clientX) });
        }}
        onPointerMove={(event) => {
          setCursor(at(event.clientX));
          if (mark) setMark({ ...mark, head: at(event.clientX) });
        }}
        onPointerUp={() => {
          if (!mark) return;
          if (mark.anchor === mark.head && brushed) {
            setMark(undefined);
            onBrush?.(undefined);
          } else apply(mark);
        }}
        onPointerLeave={() => mark || setCursor(undefined)}
        onBlur={() => setCursor(undefined)}
        onKeyDown={(event) => {
          const from = cursor ?? buckets.length - 1;
          const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
          if (step !== undefined) {
            event.preventDefault();
            const to = Math.max(0, Math.min(buckets.length - 1, from + step));
            setCursor(to);
            if (event.shiftKey && onBrush) setMark({ anchor: mark?.anchor ?? from, head: to });
          } else if (event.key === 'Enter' && mark) {
            event.preventDefault();
            apply(mark);
          } else if (event.key === 'Escape' && (mark || brushed)) {
            event.preventDefault();
            setMark(undefined);
            if (!mark) onBrush?.(undefined);
          }
        }}
      >
        <svg
          aria-hidden="true"
          width="100%"
          height="100%"
          viewBox={`0 0 ${buckets.length * 10} 100`}
          preserveAspectRatio="none"
        >
          {shown && (
            <rect
              x={shown.low * 10}
              y={0}
              width={Math.max(0, shown.high - shown.low) * 10}
              height={100}
              className="fill-accent opacity-15"
            />
          )}
          {buckets.map((bucket, index) => {
            let top = 100;
            return parts.map((part) => {
              const size = ((bucket.counts[part.id] ?? 0) / max) * 96;
              top -= size;
              return size === 0 ? null : (
                <rect
                  key={`${bucket.start}-${part.id}`}
                  x={index * 10 + 1}
                  y={top}
                  width={8}
                  height={size}
                  className={part.fill}
                />
              );
            });
          })}
          {cursor !== undefined && (
            <rect x={cursor * 10} y={0} width={10} height={100} className="fill-n12 opacity-8" />
          )}
        </svg>
      </div>
      <div className="flex justify-between text-12 text-n9" aria-hidden>
        <span>{buckets.length > 0 && (bucketMs < dayMs ? clock(start).slice(11) : clock(start).slice(0, 10))}</span>
        <span className="text-n10">{words}</span>
        <span>now</span>
      </div>
    </div>
  );
}
