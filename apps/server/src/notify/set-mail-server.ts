import type { MailServerBody } from '@throughline/model';
import {
  type Db,
  listSecrets,
  mailClientOwner,
  mailDestination,
  mailRefreshOwner,
  mailSecretOwner,
  type SecretKeys,
  saveMailServer,
  sealSecret,
  secretDestination,
  wipeSecret,
} from '@throughline/store';
import { ApiError } from '../http/api-error.ts';

type Wanted = { owner: string; destination: string | null; value: string | undefined; field: string; words: string };

/**
 * Stores the mail server. A secret is kept only for where it was entered for: password or token for host and port, client
 * secret and refresh token for the token endpoint. Throws ApiError 400 when one is needed and none is there.
 */
export async function setMailServer(
  db: Db,
  keys: SecretKeys,
  tenantId: string,
  { secret, refreshToken, ...config }: MailServerBody,
  { by, now }: { by: string; now: Date },
): Promise<void> {
  const { oauth, signIn } = config;
  const endpoint = oauth === null ? null : secretDestination(oauth.tokenUrl);
  const server = signIn === 'none' || oauth !== null ? null : mailDestination(config);
  const wanted: Wanted[] = [
    { owner: mailSecretOwner, destination: server, value: secret, field: 'secret', words: 'password or token' },
    { owner: mailClientOwner, destination: endpoint, value: secret, field: 'secret', words: 'client secret' },
    {
      owner: mailRefreshOwner,
      destination: oauth?.grant === 'refreshToken' ? endpoint : null,
      value: refreshToken,
      field: 'refreshToken',
      words: 'refresh token',
    },
  ];
  const held = await listSecrets(db, tenantId);
  const kept = ({ owner, destination }: Wanted) =>
    destination !== null && held.some((each) => each.owner === owner && each.destination === destination);
  const missing = wanted.find((each) => each.destination !== null && each.value === undefined && !kept(each));
  if (missing !== undefined) {
    const moved = held.some(({ owner }) => owner === missing.owner);
    const where = missing.owner === mailSecretOwner ? 'host or port' : 'token endpoint';
    const why = moved ? `: the one that is set was for another ${where}` : '';
    throw new ApiError(400, 'secretMissing', `Enter the ${missing.words} of the mail server${why}.`, {
      target: missing.field,
    });
  }
  let secretChanged = false;
  for (const each of wanted) {
    const { owner, destination, value } = each;
    if (destination !== null && value !== undefined) {
      await sealSecret(db, keys, { tenantId, owner, destination }, value, now);
      secretChanged = true;
    } else if (!kept(each)) {
      await wipeSecret(db, tenantId, owner);
      secretChanged ||= held.some((one) => one.owner === owner);
    }
  }
  await saveMailServer(db, tenantId, { config, secretChanged, by, now });
}
