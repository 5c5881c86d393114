/** Why a received record was not stored as an alert: closed list, shown in the ledger and on the dead letter. */
export const rejectReasons = [
  'malformedJson',
  'malformedText',
  'truncatedArchive',
  'unsupportedArchive',
  'invalidEncoding',
  'bodyTooLarge',
  'recordTooLarge',
  'tooDeep',
  'unknownFormat',
  'invalidField',
  'missingField',
  'dateOutOfRange',
  'telemetryNotStored',
  'notAnAlert',
  'storeRefused',
] as const;
export type RejectReason = (typeof rejectReasons)[number];

/** One record that could not be stored. `line` is 1-based in the body or file; `raw` is what was received, cut to the record limit. */
export type Reject = {
  line: number;
  /** The ledger's source: the recognised format, or "unknown". */
  source: string;
  reason: RejectReason;
  /** Names the field or place and what is wrong with it. */
  detail: string;
  raw: string;
};
