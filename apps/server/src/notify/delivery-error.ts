/**
 * Why a message did not go out (closed list). `message`: refused for good, trying again is useless. `later`: this message
 * is not taken now. `way`: the way out is closed, for other messages as well.
 */
export type DeliveryFailure = 'message' | 'later' | 'way';

/** A message that did not go out; `message` is what the other side said, and never holds a secret. */
export class DeliveryError extends Error {
  override readonly name = 'DeliveryError';
  readonly failure: DeliveryFailure;

  constructor(failure: DeliveryFailure, message: string, cause?: unknown) {
    super(message, { cause });
    this.failure = failure;
  }
}
