import type { Db } from '../database.ts';
import type { PendingAlert } from './batch-codec.ts';

/**
 * Batches just appended by this process, kept for the pipeline worker of the same process so that it need not read and
 * parse them again. Bounded by characters of JSON; what does not fit is read back from the intake log. Nothing is kept
 * until a worker says that it listens.
 */
export class Handover {
  readonly #batches = new Map<number, PendingAlert[]>();
  readonly #limit: number;
  #size = 0;
  #open = false;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** From now on appended batches are kept; those kept for an earlier worker are forgotten. */
  open(): void {
    this.close();
    this.#open = true;
  }

  /** Forgets everything and keeps nothing more. */
  close(): void {
    this.#open = false;
    this.#batches.clear();
    this.#size = 0;
  }

  offer(batchId: number, alerts: PendingAlert[]): void {
    const size = sizeOf(alerts);
    if (!this.#open || this.#size + size > this.#limit) return;
    this.#batches.set(batchId, alerts);
    this.#size += size;
  }

  /** Ids that {@link take} can answer. */
  ids(): number[] {
    return [...this.#batches.keys()];
  }

  take(batchId: number): PendingAlert[] | undefined {
    const alerts = this.#batches.get(batchId);
    if (alerts && this.#batches.delete(batchId)) this.#size -= sizeOf(alerts);
    return alerts;
  }
}

function sizeOf(alerts: readonly PendingAlert[]): number {
  return alerts.reduce((sum, { text }) => sum + text.length, 0);
}

const handovers = new WeakMap<Db, Handover>();
const limitCharacters = 64 * 1024 * 1024;

/** The hand-over between those who append through `db` and the worker that reads through it. */
export function handoverOf(db: Db): Handover {
  let handover = handovers.get(db);
  if (!handover) {
    handover = new Handover(limitCharacters);
    handovers.set(db, handover);
  }
  return handover;
}
