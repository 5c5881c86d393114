import type { SourceClock } from '@throughline/model';
import { durationText } from '../kit/time-format.ts';

/** Off by more than this is worth a word, ms; the operations condition opens at ten minutes. */
const noticeableMs = 60_000;
const dayMs = 86_400_000;

/** Whether a clock is known to be off by a minute or more. */
export function isOff({ offsetMs }: Pick<SourceClock, 'offsetMs'>): boolean {
  return offsetMs !== null && Math.abs(offsetMs) >= noticeableMs;
}

/** "2 h behind", "Right", or that arrival does not tell. */
export function clockWords(clock: Pick<SourceClock, 'offsetMs' | 'medianMs' | 'alerts'>): string {
  const { offsetMs, medianMs, alerts } = clock;
  if (offsetMs === null) {
    if (alerts < 20) return 'Too few alerts to tell';
    return medianMs > dayMs ? 'History was sent: cannot be told' : 'Delivery varies: cannot be told';
  }
  if (!isOff(clock)) return 'Right';
  return `${durationText(Math.abs(offsetMs))} ${offsetMs < 0 ? 'ahead' : 'behind'}`;
}

/** "12 s after" or "5 min before"; `after` is what follows a time that is not negative. */
export function delayWords(ms: number, after = ' after'): string {
  if (ms < 0) return `${durationText(-ms)} before`;
  return `${ms < 1_000 ? '< 1 s' : durationText(ms)}${after}`;
}

/** What a device's alerts do that those of its source do not: "5 min behind the others, 12 alerts, spread 3 s". */
export function deviceClockWords(device: SourceClock['devices'][number], source: SourceClock): string {
  const difference = device.medianMs - source.medianMs;
  const way = difference < 0 ? 'ahead of' : 'behind';
  const { alerts, spreadMs } = device;
  return `${durationText(Math.abs(difference))} ${way} the others, ${alerts.toLocaleString('en')} alerts, spread ${delayWords(spreadMs, '')}`;
}
