import type { Detector } from '@throughline/detect';
import { type IntakeLimits, readBatches, readTelemetry } from '@throughline/intake';
import { defaultTenant } from '@throughline/model';

/** One match as `throughline detect` writes it. */
export type MatchLine = {
  ruleId: string;
  rule: string;
  level: string;
  author: string;
  /** The event file's path. */
  source: string;
  /** The record's number in the file, from 1. */
  line: number;
  /** The event's time, ISO 8601 in UTC. */
  timestamp: string;
};

/** What became of the records of a file. */
export type EventCounts = { records: number; events: number; matches: number };

export type EventFile = { source: string; bytes: AsyncIterable<Uint8Array> };

/**
 * Judges every record of telemetry in a file, packed or not, by the rules; gives the matches of each batch of records and
 * adds to `counts`. Records that are no telemetry are counted and passed over.
 */
export async function* detectEvents(
  { source, bytes }: EventFile,
  detector: Detector,
  limits: IntakeLimits,
  counts: EventCounts,
): AsyncGenerator<MatchLine[]> {
  const now = new Date();
  let line = 0;
  for await (const batch of readBatches(bytes, {
    source: 'auto',
    tenantId: defaultTenant,
    now,
    limits,
    telemetry: true,
  })) {
    const matches: MatchLine[] = [];
    for (const received of batch) {
      line++;
      counts.records++;
      if (!('telemetry' in received)) continue;
      const event = eventOf(received.telemetry.record, now);
      if (event === undefined) continue;
      counts.events++;
      for (const { rule } of detector.match(event)) {
        counts.matches++;
        const { id: ruleId, title, level, author } = rule;
        matches.push({
          ruleId,
          rule: title,
          level,
          author,
          source,
          line,
          timestamp: new Date(event.time).toISOString(),
        });
      }
    }
    if (matches.length > 0) yield matches;
  }
}

// A record that its format recognises and cannot read is no event.
function eventOf(record: unknown, now: Date) {
  try {
    return readTelemetry(record, { now })?.event;
  } catch {
    return undefined;
  }
}
