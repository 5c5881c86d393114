import type { TelemetryEvent } from '@throughline/model';
import { fieldPath, textOf, valueAt } from '../engine/field-path.ts';
import type { SigmaCorrelation } from '../rule/rule.ts';
import type { LinkedCorrelation } from './link.ts';
import { growsOnly, type Measure, measureOf } from './measure.ts';
import type { CorrelationState } from './state.ts';
import { type Entry, GroupWindow } from './window.ts';

/** A correlation that holds: for which group, by which number, from when to when. */
export type CorrelationFinding = {
  rule: SigmaCorrelation;
  /** The last event that took part. */
  event: TelemetryEvent;
  /** The values of `group-by`, as first seen. */
  group: Readonly<Record<string, string>>;
  /** What was compared: matches, distinct values, their sum, average, percentile or share, or rules that matched. */
  value: number;
  /** Event times in ms UTC. */
  from: number;
  to: number;
  /** The last of the events that took part, 20 at most. */
  events: readonly TelemetryEvent[];
};

type Reader = (fields: Readonly<Record<string, unknown>>) => string | undefined;

/** One correlation at work: takes the matches of its rules and gives findings. */
export class CorrelationRun {
  readonly correlation: SigmaCorrelation;
  private readonly measure: Measure;
  private readonly immediate: boolean;
  private readonly groupReaders: readonly (readonly Reader[])[];
  private readonly valueReaders: readonly Reader[];
  private readonly numeric: boolean;
  private readonly state: CorrelationState;
  private readonly windows = new Map<string, GroupWindow>();

  constructor({ correlation, members }: LinkedCorrelation, state: CorrelationState) {
    const { groupBy, aliases, valueFields, type } = correlation;
    this.correlation = correlation;
    this.state = state;
    this.measure = measureOf(correlation);
    this.immediate = growsOnly(correlation);
    this.groupReaders = members.map(({ named }) =>
      groupBy.map((field) => reader(aliases.get(field)?.get(named) ?? field)),
    );
    this.valueReaders = valueFields.map(reader);
    this.numeric =
      type === 'value_sum' ||
      type === 'value_avg' ||
      (type === 'value_percentile' && correlation.percentile !== undefined);
  }

  /** A member rule matched at `time`; `fields` are the event's, with the group values of a member that is a correlation before them. */
  take(
    member: number,
    event: TelemetryEvent,
    fields: Readonly<Record<string, unknown>>,
    time: number,
  ): CorrelationFinding | undefined {
    const group = this.groupOf(member, fields);
    const value = this.valueOf(fields);
    if (group === undefined || value === null) {
      this.state.ungrouped++;
      return undefined;
    }
    const key = Object.values(group)
      .map((text) => text.toLowerCase())
      .join('\u0000');
    const window = this.windows.get(key) ?? new GroupWindow(group);
    // Touched last, forgotten last.
    this.windows.delete(key);
    this.windows.set(key, window);
    const { timespan } = this.correlation;
    if (window.entries.length === 0) window.opened = time;
    const place = window.add({ time, member, value }, event, timespan);
    if (place < 0) {
      this.state.late++;
      return undefined;
    }
    this.state.entries++;
    if (!this.immediate) {
      window.opened = Math.min(window.opened, time);
      this.bound(window);
      return undefined;
    }
    const finding = this.judge(window, place);
    if (finding !== undefined) this.drop(key, window);
    else {
      this.state.entries -= window.forgetBefore((window.entries.at(-1) as Entry).time - timespan);
      this.bound(window);
    }
    return finding;
  }

  /** Judges windows that end by `time`. */
  close(time: number): CorrelationFinding[] {
    if (this.immediate) return [];
    const findings: CorrelationFinding[] = [];
    for (const [key, window] of this.windows) {
      const end = window.opened + this.correlation.timespan;
      if (end > time) continue;
      const within = window.entries.filter((entry) => entry.time <= end);
      const found = this.findingOf(window, within);
      if (found !== undefined) findings.push(found);
      const after = window.entries.filter((entry) => entry.time > end);
      this.state.entries -= window.entries.length - after.length;
      window.entries = after;
      window.opened = after[0]?.time ?? 0;
      if (after.length === 0) this.windows.delete(key);
    }
    return findings;
  }

  /** When to look next for windows that close: the earliest does then, or some time before, so that looking stays rare. */
  nextClose(now: number): number {
    if (this.immediate) return Number.POSITIVE_INFINITY;
    let next = Number.POSITIVE_INFINITY;
    for (const { opened } of this.windows.values()) next = Math.min(next, opened + this.correlation.timespan);
    return Math.max(next, now + this.correlation.timespan / 20);
  }

  /** When a window that opened at `time` closes. */
  nextCloseFrom(time: number): number {
    return this.immediate ? Number.POSITIVE_INFINITY : time + this.correlation.timespan;
  }

  get groups(): number {
    return this.windows.size;
  }

  /** Forgets the group that was touched longest ago; false when there is none. */
  evict(): boolean {
    const [oldest] = this.windows;
    if (oldest === undefined) return false;
    this.drop(...oldest);
    return true;
  }

  /** Forgets groups that no later match could complete. */
  forgetBefore(time: number): void {
    if (!this.immediate) return;
    for (const [key, window] of this.windows) {
      if ((window.entries.at(-1)?.time ?? 0) >= time - this.correlation.timespan) continue;
      this.drop(key, window);
    }
  }

  // A match in order is judged with what was before it; a late one with every window it falls in.
  private judge(window: GroupWindow, place: number): CorrelationFinding | undefined {
    const { entries } = window;
    const { timespan } = this.correlation;
    const added = entries[place] as Entry;
    for (let last = place; last < entries.length; last++) {
      const end = (entries[last] as Entry).time;
      if (end > added.time + timespan) break;
      const first = entries.findIndex(({ time }) => time >= end - timespan);
      const found = this.findingOf(
        window,
        first === 0 && last === entries.length - 1 ? entries : entries.slice(first, last + 1),
      );
      if (found !== undefined) return found;
    }
    return undefined;
  }

  private findingOf(window: GroupWindow, entries: readonly Entry[]): CorrelationFinding | undefined {
    const event = window.events.at(-1);
    if (entries.length === 0 || event === undefined) return undefined;
    const value = this.measure(entries);
    if (value === undefined) return undefined;
    const from = (entries[0] as Entry).time;
    const to = (entries.at(-1) as Entry).time;
    return { rule: this.correlation, event, group: window.group, value, from, to, events: window.events };
  }

  private bound(window: GroupWindow): void {
    while (window.entries.length > this.state.limits.matchesPerGroup) {
      window.forgetOldest();
      this.state.entries--;
      this.state.forgotten++;
    }
  }

  private drop(key: string, window: GroupWindow): void {
    this.state.entries -= window.entries.length;
    this.windows.delete(key);
  }

  private groupOf(member: number, fields: Readonly<Record<string, unknown>>): Record<string, string> | undefined {
    const group: Record<string, string> = {};
    const { groupBy } = this.correlation;
    for (const [n, read] of (this.groupReaders[member] ?? []).entries()) {
      const text = read(fields);
      // Two events that both lack a value have nothing in common.
      if (text === undefined) return undefined;
      group[groupBy[n] as string] = text;
    }
    return group;
  }

  // null when the event lacks what is counted.
  private valueOf(fields: Readonly<Record<string, unknown>>): string | number | undefined | null {
    if (this.valueReaders.length === 0) return undefined;
    const texts = this.valueReaders.map((read) => read(fields));
    if (texts.some((text) => text === undefined)) return null;
    if (!this.numeric) return texts.map((text) => text?.toLowerCase()).join('\u0000');
    const number = Number(texts[0]);
    return texts[0]?.trim() === '' || !Number.isFinite(number) ? null : number;
  }
}

function reader(field: string): Reader {
  const path = fieldPath(field);
  return (fields) => textOf(valueAt(fields, path));
}
