/** Why a change to accounts, passwords, tokens or invitations was refused (closed list). */
export type AccessRefusal =
  | 'userNameTaken'
  | 'noSuchAccount'
  | 'lastAdministrator'
  | 'wrongPassword'
  | 'tooManyTries'
  | 'noSuchSession'
  | 'noSuchPasskey'
  | 'passkeyKnown'
  | 'tooManyPasskeys'
  | 'authenticatorPresent'
  | 'noSecondFactor'
  | 'noSuchToken'
  | 'serviceAccount'
  | 'tokenEndNotAllowed'
  | 'noSuchInvitation'
  | 'invitationNotValid'
  | 'invitationExpired'
  | 'passwordsOff';

/** A refused change to accounts, passwords or tokens; `message` is for people. */
export class AccessError extends Error {
  override readonly name = 'AccessError';
  readonly reason: AccessRefusal;

  constructor(reason: AccessRefusal, message: string) {
    super(message);
    this.reason = reason;
  }
}
