import type { Alert, RejectReason } from '@throughline/model';

/** What a format is told beside the record. Formats are pure: the clock is `now`. */
export type ReadContext = {
  tenantId: string;
  /** When the body was received; also the year of dates that have none, and the time of records that have none. */
  now: Date;
  /** Host named by a wrapper around the record (a Splunk export), when there is one. */
  wrapperHost?: string | null;
};

/** What became of one record: an alert, or the reason why it is none. */
export type Outcome = { alert: Alert } | { reject: { reason: RejectReason; detail: string } };

/** One source format: a vendor's record shape and how to read it. */
export type IntakeFormat = {
  /** The ledger's source ("suricata"). */
  name: string;
  /** One line for people: what it reads. */
  about: string;
  /** True when `record` (parsed JSON, a CSV row as an object, or a text line) has this format's shape. Cheap; never throws. */
  recognises(record: unknown): boolean;
  /**
   * Reads a recognised record; one record may hold many alerts.
   * @throws {Refused} when the record as a whole cannot be read
   */
  read(record: unknown, context: ReadContext): Outcome[];
};

/** Why a record is refused; thrown inside a format, turned into a reject at its edge. */
export class Refused extends Error {
  readonly reason: RejectReason;

  constructor(reason: RejectReason, detail: string) {
    super(detail);
    this.name = 'Refused';
    this.reason = reason;
  }
}

/** Runs `read`; a refusal becomes a reject. A surprise in a hostile record is a refusal too: one record never stops a batch. */
export function attempt(read: () => Outcome[]): Outcome[] {
  try {
    return read();
  } catch (error) {
    if (error instanceof Refused) return [{ reject: { reason: error.reason, detail: error.message } }];
    return [{ reject: { reason: 'invalidField', detail: `could not be read: ${(error as Error).message}` } }];
  }
}
