import type { SsoFailure } from '@throughline/model';
import { ApiError } from '../http/api-error.ts';

const statuses: Record<SsoFailure, 401 | 403 | 409 | 502> = {
  expired: 401,
  providerOff: 403,
  providerAway: 502,
  providerRefused: 401,
  providerWrong: 502,
  answerNotValid: 401,
  groupsMissing: 403,
  notMapped: 403,
  accountDisabled: 403,
  identityTaken: 409,
  linkSession: 401,
};

/** A sign-in through a provider that came to nothing. `message` is for the log; people read the page's words. */
export function ssoRefusal(failure: SsoFailure, message: string = failure): ApiError {
  return new ApiError(statuses[failure], failure, message);
}
