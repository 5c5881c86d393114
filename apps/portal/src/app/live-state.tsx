import { clsx } from 'clsx';
import { useEffect, useState } from 'react';
import { useLiveState } from '../api/live.ts';
import { Banner, relativeTime, useNow } from '../kit/index.ts';

const bannerAfterMs = 10_000;

/** Whether what is on screen is kept up to date. */
export function LiveDot() {
  const { status, since } = useLiveState();
  useNow();
  const lost = status === 'lost';
  const words = lost
    ? `Lost ${relativeTime(since, Date.now()).replace('now', '')}`
    : status === 'connected'
      ? 'Live'
      : 'Connecting';
  const title = lost ? 'Live updates are interrupted; reconnecting' : 'New data arrives by itself';
  return (
    <span title={title} className="flex h-8 shrink-0 items-center gap-1.5 px-2 text-12 text-n10 max-sm:hidden">
      <span
        aria-hidden
        className={clsx(
          'size-2 rounded-full',
          lost ? 'border-2 border-medium-fill' : status === 'connected' ? 'bg-ok-fill' : 'bg-n7',
        )}
      />
      {words}
    </span>
  );
}

/** Says so when live updates have been gone for ten seconds. */
export function LiveBanner() {
  const { status, since } = useLiveState();
  const [, redraw] = useState(0);
  useEffect(() => {
    if (status !== 'lost') return;
    const timer = setTimeout(() => redraw((count) => count + 1), Math.max(0, since + bannerAfterMs - Date.now()) + 50);
    return () => clearTimeout(timer);
  }, [status, since]);
  useNow();
  if (status !== 'lost' || Date.now() - since < bannerAfterMs) return null;
  return (
    <div className="px-4 pt-2">
      <Banner tone="warning" title="Live updates are interrupted">
        What you see may be {relativeTime(since, Date.now())} old. Reconnecting by itself; nothing is lost.
      </Banner>
    </div>
  );
}
