/** Why a change of the notification settings was refused. */
export type NotifyErrorCode =
  | 'noSuchRule'
  | 'noSuchGroup'
  | 'beyondScope'
  | 'noSuchWebhook'
  | 'noSuchDelivery'
  | 'nameTaken'
  | 'webhookInUse'
  | 'noSuchSchedule'
  | 'noSuchPolicy'
  | 'noSuchDigest'
  | 'scheduleInUse'
  | 'policyInUse'
  | 'badLink'
  | 'linkUsed'
  | 'notEscalating'
  | 'urlMissing'
  | 'notRetryable';

export class NotifyError extends Error {
  override readonly name = 'NotifyError';
  readonly code: NotifyErrorCode;

  constructor(code: NotifyErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

/** Runs an insert or update; a name that another row has becomes `nameTaken`. */
export async function withFreeName<T>(what: string, name: string, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if ((error as { code?: string }).code !== '23505') throw error;
    throw new NotifyError('nameTaken', `There is another ${what} named “${name}”.`);
  }
}
