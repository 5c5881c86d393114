/** Why a secret cannot be sealed or opened (closed list). */
export type SecretRefusal =
  | 'destinationChanged'
  | 'keyMissing'
  | 'keyMalformed'
  | 'keyReadable'
  | 'keyFixed'
  | 'unreadable';

/** A secret that cannot be sealed or opened; `message` is for people and never holds the secret or a key. */
export class SecretError extends Error {
  override readonly name = 'SecretError';
  readonly reason: SecretRefusal;

  constructor(reason: SecretRefusal, message: string, cause?: unknown) {
    super(message, { cause });
    this.reason = reason;
  }
}
