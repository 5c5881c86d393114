import type { Detector } from '@throughline/detect';
import { readTelemetry } from '@throughline/intake';
import type { TelemetryEvent } from '@throughline/model';

/** CPU microseconds of this thread for each record: parsing its JSON, and judging the event it is. */
export type Pass = { parse: number; judge: number; matches: number };

const together = 500;

/** Parses all records, reads them as events and judges them, some hundred at a time as a stream would. */
export function pass(records: readonly string[], detector: Detector): Pass {
  const total: Pass = { parse: 0, judge: 0, matches: 0 };
  for (let at = 0; at < records.length; at += together) {
    const chunk = records.slice(at, at + together);
    const started = cpu();
    for (const record of chunk) JSON.parse(record);
    const parsed = cpu();
    const events = chunk.flatMap((record) => eventOf(record) ?? []);
    const read = cpu();
    for (const event of events) total.matches += detector.match(event).length;
    total.judge += cpu() - read;
    total.parse += parsed - started;
  }
  return { parse: total.parse / records.length, judge: total.judge / records.length, matches: total.matches };
}

export function eventOf(record: string): TelemetryEvent | undefined {
  return readTelemetry(JSON.parse(record), { now: new Date() })?.event;
}

function cpu(): number {
  const { user, system } = process.threadCpuUsage();
  return user + system;
}
