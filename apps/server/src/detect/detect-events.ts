import type { Detector, RuleMatch } from '@throughline/detect';
import { type IntakeLimits, readBatches, readTelemetry } from '@throughline/intake';
import { defaultTenant, type TelemetryEvent } from '@throughline/model';

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

/** Where events stood, for correlations that hold with an event only later. */
export type EventPlaces = WeakMap<TelemetryEvent, { source: string; line: number }>;

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
  places: EventPlaces,
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
      places.set(event, { source, line });
      for (const match of detector.match(event)) matches.push(matchLine(match, places));
    }
    counts.matches += matches.length;
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

/** A match as it is written; that of a correlation names the last event that took part. */
export function matchLine({ rule, event }: RuleMatch, places: EventPlaces): MatchLine {
  const { id: ruleId, title, level, author } = rule;
  const { source, line } = places.get(event) ?? { source: '', line: 0 };
  return { ruleId, rule: title, level, author, source, line, timestamp: new Date(event.time).toISOString() };
}
