import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { timelineQuery } from '../api/incidents.ts';
import { Histogram, Skeleton } from '../kit/index.ts';

const hour = 3_600_000;
const parts = [{ id: 'alerts', label: 'Alerts', fill: 'fill-n7' }];

export interface QueueStripProps {
  from: string;
  to: string;
  onRange: (from: string, to: string) => void;
}

/** Alerts an hour over the last day; marking a stretch narrows the queue to it. */
export function QueueStrip({ from, to, onRange }: QueueStripProps) {
  const { data } = useQuery(timelineQuery);
  const buckets = useMemo(
    () => data?.buckets.map(({ start, alerts }) => ({ start: Date.parse(start), counts: { alerts } })) ?? [],
    [data],
  );
  const brushed = useMemo(
    () => (from === '' ? undefined : { from: Date.parse(from), to: to === '' ? Date.now() : Date.parse(to) }),
    [from, to],
  );
  if (buckets.length === 0) {
    return (
      <div className="flex h-13 items-end pb-5">
        <Skeleton className="h-px w-full" />
      </div>
    );
  }
  return (
    <Histogram
      label="Alerts an hour over the last 24 hours"
      buckets={buckets}
      bucketMs={hour}
      parts={parts}
      height={32}
      unit="alerts in 24 h"
      brushed={brushed}
      onBrush={(range) =>
        range ? onRange(new Date(range.from).toISOString(), new Date(range.to).toISOString()) : onRange('', '')
      }
    />
  );
}
