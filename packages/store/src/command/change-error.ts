/** Why a change was not made: closed list. */
export type ChangeErrorCode = 'notFound' | 'redirected' | 'invalid' | 'conflict';

/**
 * A change that was refused; nothing was written. `target` names the field, or the thing that was not found; a redirected
 * incident's survivor is in `redirect`.
 */
export class ChangeError extends Error {
  override readonly name = 'ChangeError';
  readonly code: ChangeErrorCode;
  readonly target: string;
  readonly redirect: number | undefined;

  constructor(code: ChangeErrorCode, target: string, message: string, redirect?: number) {
    super(message);
    this.code = code;
    this.target = target;
    this.redirect = redirect;
  }
}
