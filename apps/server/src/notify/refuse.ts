import { NotifyError, type NotifyErrorCode, SecretError } from '@throughline/store';
import { ApiError } from '../http/api-error.ts';

const statuses: Record<NotifyErrorCode, 400 | 403 | 404 | 409> = {
  noSuchRule: 404,
  noSuchGroup: 404,
  beyondScope: 403,
  noSuchWebhook: 404,
  noSuchDelivery: 404,
  nameTaken: 409,
  webhookInUse: 409,
  noSuchSchedule: 404,
  noSuchPolicy: 404,
  noSuchDigest: 404,
  scheduleInUse: 409,
  policyInUse: 409,
  badLink: 404,
  linkUsed: 409,
  notEscalating: 409,
  urlMissing: 400,
  notRetryable: 409,
};

/** Runs the work of a route; refusals of the store become answers. */
export async function refusing<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof NotifyError) {
      const target = error.code === 'nameTaken' ? 'name' : undefined;
      throw new ApiError(statuses[error.code], error.code, error.message, { target });
    }
    if (error instanceof SecretError) throw new ApiError(409, error.reason, error.message);
    throw error;
  }
}
