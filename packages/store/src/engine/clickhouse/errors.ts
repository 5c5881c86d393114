/** A refusal in ClickHouse's own terms: `code` and `type` are those of ClickHouse's ErrorCodes. */
export class StatementError extends Error {
  override readonly name = 'StatementError';
  readonly code: number;
  readonly type: string;

  constructor(code: number, type: string, message: string) {
    super(message);
    this.code = code;
    this.type = type;
  }
}

/** What the wire carries for a failed statement: the HTTP status, the exception code and the body text. */
export interface WireError {
  status: number;
  code: number;
  body: string;
}

const EXCEPTION = /Code: (\d+)\. DB::Exception: [\s\S]*\([A-Z0-9_]+\)/;

// The statuses ClickHouse's HTTP handler gives these codes; every other code is 500.
const STATUS_OF_CODE = new Map<number, number>([
  [516, 403],
  [497, 403],
  [291, 403],
  [36, 400],
  [62, 400],
  [47, 404],
  [60, 404],
  [81, 404],
  [46, 404],
  [115, 404],
  [159, 408],
  [48, 501],
  [202, 503],
]);

/** Turns whatever a statement threw into the answer a ClickHouse server would give for it. */
export function toWireError(error: unknown): WireError {
  if (error instanceof StatementError) {
    return wire(error.code, `Code: ${error.code}. DB::Exception: ${error.message} (${error.type})`);
  }
  const message = error instanceof Error ? error.message : String(error);
  const found = EXCEPTION.exec(message);
  if (found?.[1] !== undefined) return wire(Number(found[1]), found[0]);
  const loose = /Code: (\d+)/.exec(message);
  if (loose?.[1] !== undefined) return wire(Number(loose[1]), message);
  return wire(1002, `Code: 1002. DB::Exception: ${message} (UNKNOWN_EXCEPTION)`);
}

function wire(code: number, body: string): WireError {
  return { status: STATUS_OF_CODE.get(code) ?? 500, code, body: `${body}\n` };
}
