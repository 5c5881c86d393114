/** Why a change to accounts, passwords or tokens was refused (closed list). */
export type AccessRefusal =
  | 'userNameTaken'
  | 'noSuchAccount'
  | 'lastAdministrator'
  | 'wrongPassword'
  | 'tooManyTries'
  | 'noSuchToken';

/** A refused change to accounts, passwords or tokens; `message` is for people. */
export class AccessError extends Error {
  override readonly name = 'AccessError';
  readonly reason: AccessRefusal;

  constructor(reason: AccessRefusal, message: string) {
    super(message);
    this.reason = reason;
  }
}
