/** Why a change to providers, mappings, identities or the sign-in policy was refused: closed list. */
export type SsoRefusal =
  | 'noSuchProvider'
  | 'noSuchIdentity'
  | 'noSuchRole'
  | 'nameTaken'
  | 'issuerTaken'
  | 'lastWayIn'
  | 'onlyWayIn'
  | 'localOffNotSafe'
  | 'notFitForBreakGlass';

/** A refused change to how people sign in; `message` is for people. */
export class SsoError extends Error {
  override readonly name = 'SsoError';
  readonly reason: SsoRefusal;

  constructor(reason: SsoRefusal, message: string) {
    super(message);
    this.reason = reason;
  }
}
