/** Why a change of the tuning rules was refused. */
export type TuningErrorCode = 'noSuchRule' | 'noSuchGroup' | 'beyondScope' | 'nameTaken';

export class TuningError extends Error {
  override readonly name = 'TuningError';
  readonly code: TuningErrorCode;

  constructor(code: TuningErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
