import { Refused, readTelemetry, type Telemetry } from '@throughline/intake';
import type { RejectReason, TelemetryEvent } from '@throughline/model';
import {
  type EventBatch,
  type EventRecord,
  type RejectedRecord,
  recordKey,
  type WaitingTelemetry,
} from '@throughline/store';

/** A batch of telemetry as read. `events` are of its records, in order. */
export type ReadBatch = { batch: EventBatch; events: TelemetryEvent[]; rejected: RejectedRecord[] };

/** Records read before other work may run. */
const breathEvery = 500;

/** Reads the records of a batch; what cannot be read is rejected with the reason, and never harms its neighbours. */
export async function readRecords({ id, receivedAt, records: waiting }: WaitingTelemetry): Promise<ReadBatch> {
  const records: EventRecord[] = [];
  const events: TelemetryEvent[] = [];
  const rejected: RejectedRecord[] = [];
  const now = new Date(receivedAt);
  let untilBreath = breathEvery;
  for (const { source, format, text } of waiting) {
    if (--untilBreath === 0) {
      await new Promise(setImmediate);
      untilBreath = breathEvery;
    }
    const read = readOne(format, text, now);
    if ('reason' in read) {
      rejected.push({ batchId: id, source, raw: text, ...read });
      continue;
    }
    const { event, rows, key } = read;
    records.push({ key: recordKey(event.time, `${source}\n${key}`), time: event.time, source, format, text, rows });
    events.push(event);
  }
  return { batch: { id, receivedAt, records }, events, rejected };
}

function readOne(
  format: 'json' | 'text',
  text: string,
  now: Date,
): Telemetry | { reason: RejectReason; detail: string } {
  try {
    const read = readTelemetry(format === 'json' ? JSON.parse(text) : text, { now });
    return read ?? { reason: 'unknownFormat', detail: 'no format of telemetry reads it' };
  } catch (error) {
    if (error instanceof Refused) return { reason: error.reason, detail: error.message.slice(0, 500) };
    return { reason: 'invalidField', detail: `could not be read: ${(error as Error).message}`.slice(0, 500) };
  }
}
