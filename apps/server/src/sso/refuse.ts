import { SecretError, SsoError, type SsoRefusal } from '@throughline/store';
import { ApiError } from '../http/api-error.ts';

const statuses: Record<SsoRefusal, 404 | 409> = {
  noSuchProvider: 404,
  noSuchIdentity: 404,
  noSuchRole: 404,
  nameTaken: 409,
  issuerTaken: 409,
  lastWayIn: 409,
  onlyWayIn: 409,
  localOffNotSafe: 409,
  notFitForBreakGlass: 409,
};
const targets: Partial<Record<SsoRefusal, string>> = { nameTaken: 'name', issuerTaken: 'issuer' };

/** The refusal as it is answered. */
export function ssoApiError({ reason, message }: SsoError): ApiError {
  return new ApiError(statuses[reason], reason, message, { target: targets[reason] });
}

/** Runs the work of a route; refusals of the store become answers. */
export async function refusing<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof SsoError) throw ssoApiError(error);
    if (error instanceof SecretError) throw new ApiError(409, error.reason, error.message);
    throw error;
  }
}
