/** Bounds on what one body may cost; a refusal names the limit by its key here. Text is counted as decoded, a UTF-16 unit a byte. */
export type IntakeLimits = {
  /** Bytes of the body as received. */
  bodyBytes: number;
  /** Bytes after decompression, over all archive entries. */
  inflatedBytes: number;
  /** Bytes of one record, and of the raw text kept with a reject. */
  recordBytes: number;
  /** Bytes of one top-level JSON value that holds records (a list response), which is held in memory. */
  documentBytes: number;
  /** Levels of nesting in one record. */
  depth: number;
  /** Entries of one archive. */
  archiveEntries: number;
  /** Records given out at once. */
  recordsPerBatch: number;
};

/** Defaults for a body received over HTTP; a file reader may lift `bodyBytes` and `inflatedBytes`. */
export const defaultLimits: IntakeLimits = {
  bodyBytes: 64 * 1024 * 1024,
  inflatedBytes: 1024 * 1024 * 1024,
  recordBytes: 4 * 1024 * 1024,
  documentBytes: 64 * 1024 * 1024,
  depth: 64,
  archiveEntries: 10_000,
  recordsPerBatch: 500,
};
