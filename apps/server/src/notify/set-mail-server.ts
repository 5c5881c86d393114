import type { MailServerBody } from '@throughline/model';
import {
  type Change,
  type Db,
  listSecrets,
  mailDestination,
  mailSecretOwner,
  type SecretKeys,
  saveMailServer,
  sealSecret,
  wipeSecret,
} from '@throughline/store';
import { ApiError } from '../http/api-error.ts';

/**
 * Stores the mail server. A secret is kept only for the host and port it was entered for. Throws ApiError 400 when one is
 * needed and none is there.
 */
export async function setMailServer(
  db: Db,
  keys: SecretKeys,
  tenantId: string,
  { secret, ...config }: MailServerBody,
  { by, now }: Change,
): Promise<void> {
  const place = { tenantId, owner: mailSecretOwner, destination: mailDestination(config) };
  const held = (await listSecrets(db, tenantId)).find(({ owner }) => owner === mailSecretOwner);
  const keeps = config.signIn !== 'none' && held?.destination === place.destination;
  if (config.signIn !== 'none' && secret === undefined && !keeps) {
    const why = held === undefined ? '' : ': the one that is set was for another host or port';
    throw new ApiError(400, 'secretMissing', `Enter the password or token of the mail server${why}.`, {
      target: 'secret',
    });
  }
  if (config.signIn !== 'none' && secret !== undefined) await sealSecret(db, keys, place, secret, now);
  else if (!keeps) await wipeSecret(db, tenantId, mailSecretOwner);
  await saveMailServer(db, tenantId, { config, secretChanged: secret !== undefined || !keeps, by, now });
}
