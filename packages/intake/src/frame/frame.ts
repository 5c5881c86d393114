import type { RejectReason } from '@throughline/model';

/**
 * One record cut out of a body. `line` is 1-based where the record starts; `text` is what was received of it.
 * Exactly one of: `value` (parsed JSON or a CSV row), `isLine` (a text line), `problem`.
 */
export type Frame = {
  line: number;
  text: string;
  value?: unknown;
  isLine?: boolean;
  /** `value` is a row of a CSV file: `text` is not its JSON. */
  isRow?: boolean;
  problem?: { reason: RejectReason; detail: string };
};

export function jsonFrame(line: number, text: string): Frame {
  try {
    return { line, text, value: JSON.parse(text) as unknown };
  } catch (error) {
    return malformed(line, text, (error as Error).message);
  }
}

export function malformed(line: number, text: string, detail: string): Frame {
  return { line, text, problem: { reason: 'malformedJson', detail: detail.slice(0, 200).toWellFormed() } };
}

export function tooLarge(line: number, text: string, limit: number, limitName: string): Frame {
  const detail = `record is larger than ${limit} bytes (limit ${limitName})`;
  return { line, text, problem: { reason: 'recordTooLarge', detail } };
}
