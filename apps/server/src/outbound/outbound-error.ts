/** Why an outbound request did not come to an answer (closed list). */
export type OutboundReason =
  | 'malformedUrl'
  | 'scheme'
  | 'credentialsInUrl'
  | 'unusualHost'
  | 'refusedAddress'
  | 'tooManyRedirects'
  | 'downgrade'
  | 'redirectElsewhere'
  | 'notResolved'
  | 'timeout'
  | 'tooLarge'
  | 'connection'
  | 'stopped';

const passing: ReadonlySet<OutboundReason> = new Set(['notResolved', 'timeout', 'connection']);

/** An outbound request that was refused or failed. `message` is for people and names the host and the reason. */
export class OutboundError extends Error {
  override readonly name = 'OutboundError';
  readonly reason: OutboundReason;
  /** Name or address as it was asked for; empty when there was none to read. */
  readonly host: string;
  /** Whether the same request may succeed later: the other side or the way to it failed, not the request. */
  readonly passing: boolean;

  constructor(reason: OutboundReason, host: string, message: string, cause?: unknown) {
    super(message, { cause });
    this.reason = reason;
    this.host = host;
    this.passing = passing.has(reason);
  }
}
