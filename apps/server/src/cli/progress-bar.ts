import type { ProgressOutput } from '../launch/progress.ts';

/** A line on a terminal that shows how far a long work is. Writes nothing anywhere else. */
export type ProgressBar = {
  /** `bytes` of the total are read, `records` are done. */
  update(bytes: number, records: number): void;
  /** Takes the line away. */
  clear(): void;
};

const WIDTH = 24;
const REDRAW_MS = 100;

/** A bar for `total` bytes (undefined: unknown, then without a bar and an end). `now` in ms. */
export function progressBar(
  output: ProgressOutput,
  total: number | undefined,
  now: () => number = () => performance.now(),
): ProgressBar {
  const start = now();
  let drawn = Number.NEGATIVE_INFINITY;
  return {
    update(bytes, records) {
      const at = now();
      if (output.isTTY !== true || at - drawn < REDRAW_MS) return;
      drawn = at;
      output.write(`\r\x1b[K${progressText(bytes, total, records, (at - start) / 1000)}`);
    },
    clear() {
      if (output.isTTY === true) output.write('\r\x1b[K');
    },
  };
}

/** The text of the bar: part done, records, records a second, time left. */
export function progressText(bytes: number, total: number | undefined, records: number, seconds: number): string {
  const rate = seconds > 0 ? Math.round(records / seconds) : 0;
  const pace = `${grouped(records)} records  ${grouped(rate)}/s`;
  if (total === undefined || total === 0) return pace;
  const part = Math.min(bytes / total, 1);
  const filled = Math.round(part * WIDTH);
  const left = part > 0 ? Math.ceil((seconds / part) * (1 - part)) : undefined;
  const bar = '█'.repeat(filled) + '░'.repeat(WIDTH - filled);
  return `${bar} ${Math.floor(part * 100)} %  ${pace}${left === undefined ? '' : `  ${durationText(left)} left`}`;
}

/** 12345 as "12,345". */
export function grouped(count: number): string {
  return count.toLocaleString('en-US');
}

function durationText(seconds: number): string {
  if (seconds < 60) return `${seconds} s`;
  return seconds < 3600 ? `${Math.ceil(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
}
