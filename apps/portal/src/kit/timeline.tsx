import { clsx } from 'clsx';
import type { ReactNode } from 'react';
import { Time } from './time.tsx';

export interface TimelineItem {
  id: string;
  time: string;
  title: ReactNode;
  detail?: ReactNode;
  /** Who did it; absent for the machine. */
  actor?: string;
  tone?: 'plain' | 'high' | 'medium' | 'low' | 'ok' | 'accent';
}

export interface TimelineProps {
  items: readonly TimelineItem[];
  label: string;
  /** How times are written; default the date and minute. */
  time?: 'short' | 'ago' | 'exact';
}

const dots = {
  plain: 'bg-n8',
  high: 'bg-high-fill',
  medium: 'bg-medium-fill',
  low: 'bg-low-fill',
  ok: 'bg-ok-fill',
  accent: 'bg-accent-fill',
};

export function Timeline({ items, label, time = 'short' }: TimelineProps) {
  return (
    <ol aria-label={label} className="flex flex-col">
      {items.map((item) => (
        <li key={item.id} className="group relative flex gap-3 pb-4 last:pb-0">
          <span aria-hidden className="absolute top-4 bottom-0 left-[5px] w-px bg-n5 group-last:hidden" />
          <span
            aria-hidden
            className={clsx('mt-1 size-[11px] shrink-0 rounded-full border-2 border-n1', dots[item.tone ?? 'plain'])}
          />
          <div className="min-w-0 flex-1">
            <div className="flex flex-wrap items-baseline gap-x-3">
              <span className="min-w-0 flex-1 wrap-anywhere">
                {item.actor !== undefined && <span className="font-medium">{item.actor} </span>}
                {item.title}
              </span>
              <span className="text-12 text-n9">
                <Time value={item.time} form={time} />
              </span>
            </div>
            {item.detail !== undefined && <div className="text-12 text-n10 wrap-anywhere">{item.detail}</div>}
          </div>
        </li>
      ))}
    </ol>
  );
}
