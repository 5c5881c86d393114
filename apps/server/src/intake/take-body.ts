import {
  type IntakeFormat,
  type IntakeLimits,
  type Received,
  type ReceivedTelemetry,
  readBatches,
} from '@throughline/intake';
import type { Alert, IntakeReceipt, Reject } from '@throughline/model';
import { appendBatch, type Db, type TelemetryRecord } from '@throughline/store';

/** What taking bodies in needs. */
export type Intake = {
  db: Db;
  clock: () => Date;
  limits: IntakeLimits;
  /** Formats made from mapping files. */
  mappings: readonly IntakeFormat[];
  /** How long after its event an alert waits to be put in order with others, ms; 0 or left out: not. */
  settleMs?: number;
  /** Gets the source of each record; what it throws ends the taking before the record's group is stored. */
  admit?: (source: string) => void;
};

/** Bytes of one sender and the source that names their format. */
export type Body = { source: string; bytes: Bytes };

type Bytes = Parameters<typeof readBatches>[0];
type Group = { alerts: { source: string; alert: Alert }[]; telemetry: TelemetryRecord[]; rejects: Reject[] };

/** Most records that become durable together. */
export const recordsPerGroup = 10_000;
const recordsPerBatch = 1000;
const shownRejects = 20;

/** Takes one body in: {@link takeBodies}. */
export function takeBody(
  intake: Intake,
  body: Body,
  tenantId: string,
  onRecords?: (count: number) => void,
): Promise<IntakeReceipt> {
  return takeBodies(intake, [body], tenantId, onRecords);
}

/**
 * Reads bodies and makes them durable: alerts into the intake log, what is no alert into the dead letters. Returns the
 * receipt once all of it is. Up to {@link recordsPerGroup} records land in one transaction; of more, each such group
 * does, in order. When reading fails (the sender is gone) the group under way is dropped. `onRecords` is told how many
 * records are read.
 *
 * @throws RangeError when a `source` names no format; whatever the bytes throw.
 */
export async function takeBodies(
  intake: Intake,
  bodies: Iterable<Body>,
  tenantId: string,
  onRecords?: (count: number) => void,
): Promise<IntakeReceipt> {
  const { db, clock, limits, mappings, admit, settleMs = 0 } = intake;
  const receipt = new Receipt();
  let group = emptyGroup();
  let records = 0;
  const land = async () => {
    const received = sizeOf(group);
    if (received === 0) return;
    const settle = settleMs === 0 ? undefined : { ms: settleMs, now: clock().getTime() };
    const { batchId } = await appendBatch(db, { tenantId, ...group, received }, { recordsPerBatch, settle });
    receipt.count(batchId, group);
    group = emptyGroup();
  };
  const options = (source: string) => ({ source, tenantId, now: clock(), limits, mappings, telemetry: true }) as const;
  for (const { bytes, source } of bodies) {
    const guarded = guardedBytes(bytes);
    for await (const batch of readBatches(guarded.bytes, options(source))) {
      // The reader takes a broken source for a truncated archive; we know better.
      guarded.rethrow();
      for (const received of batch) {
        admit?.('reject' in received ? received.reject.source : received.source);
        add(group, received);
      }
      records += batch.length;
      onRecords?.(records);
      if (sizeOf(group) >= recordsPerGroup) await land();
    }
    guarded.rethrow();
  }
  await land();
  return receipt.result();
}

function emptyGroup(): Group {
  return { alerts: [], telemetry: [], rejects: [] };
}

function sizeOf({ alerts, telemetry, rejects }: Group): number {
  return alerts.length + telemetry.length + rejects.length;
}

function add(group: Group, received: Received | ReceivedTelemetry): void {
  if ('alert' in received) group.alerts.push({ source: received.source, alert: received.alert });
  else if ('telemetry' in received) {
    const { text, format } = received.telemetry;
    group.telemetry.push({ source: received.source, format, text });
  } else group.rejects.push(received.reject);
}

function guardedBytes(bytes: Bytes): { bytes: Bytes; rethrow(): void } {
  if (bytes instanceof Uint8Array) return { bytes, rethrow: () => {} };
  let broken: { error: unknown } | undefined;
  async function* guarded(source: AsyncIterable<Uint8Array>) {
    try {
      yield* source;
    } catch (error) {
      broken = { error };
      throw error;
    }
  }
  return {
    bytes: guarded(bytes),
    rethrow() {
      if (broken !== undefined) throw broken.error;
    },
  };
}

class Receipt {
  #batchId: number | undefined;
  #accepted = 0;
  #rejected = 0;
  readonly #reasons = new Map<string, number>();
  readonly #rejects: Reject[] = [];

  count(batchId: number, { alerts, telemetry, rejects }: Group): void {
    this.#batchId ??= batchId;
    this.#accepted += alerts.length + telemetry.length;
    this.#rejected += rejects.length;
    for (const reject of rejects) {
      this.#reasons.set(reject.reason, (this.#reasons.get(reject.reason) ?? 0) + 1);
      if (this.#rejects.length < shownRejects) this.#rejects.push(reject);
    }
  }

  result(): IntakeReceipt {
    return {
      batchId: String(this.#batchId ?? 0),
      received: this.#accepted + this.#rejected,
      accepted: this.#accepted,
      rejected: this.#rejected,
      reasons: Object.fromEntries(this.#reasons),
      rejects: this.#rejects.map(({ line, source, reason, detail }) => ({ line, source, reason, detail })),
    };
  }
}
