/** Why a query was refused: it does not parse, does not bind, or asks for what is not supported. */
export type HuntErrorClass = 'syntax' | 'semantic' | 'unsupported';

/** A query that cannot be compiled; `position` is the offset in its text, in UTF-16 units. */
export class HuntError extends Error {
  override readonly name = 'HuntError';
  readonly class: HuntErrorClass;
  readonly position: number;

  constructor(kind: HuntErrorClass, message: string, position: number) {
    super(message);
    this.class = kind;
    this.position = position;
  }
}

/** An error for a construct that is not supported, with the nearest way to say the same. */
export function unsupported(what: string, position: number, instead?: string): HuntError {
  const hint = instead === undefined ? '' : ` ${instead}`;
  return new HuntError('unsupported', `${what} is not supported.${hint}`, position);
}
