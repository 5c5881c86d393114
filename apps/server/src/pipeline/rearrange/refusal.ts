import type { RearrangementRefusal } from '@throughline/model';

/** A rearrangement that is not done, and nothing of it; `message` says why, for people. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly reason: RearrangementRefusal;

  constructor(reason: RearrangementRefusal, message: string) {
    super(message);
    this.reason = reason;
  }
}
