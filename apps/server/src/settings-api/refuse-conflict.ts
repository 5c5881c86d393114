import { SettingsConflict } from '@throughline/store';
import { ApiError } from '../http/api-error.ts';

/** Runs a change; that somebody else was faster becomes a 409 that names them. */
export async function refuseConflict<T>(change: () => Promise<T>): Promise<T> {
  try {
    return await change();
  } catch (error) {
    if (error instanceof SettingsConflict) throw new ApiError(409, 'changedMeanwhile', error.message);
    throw error;
  }
}
