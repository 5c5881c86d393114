import { defaultTenant } from '@throughline/model';
import { listSecrets, rotateSecrets, secretKeys } from '@throughline/store';
import { commandLineEvent, inCommandLineAudit } from '../audit/command-line-audit.ts';
import { type LocalDatabase, withLocalDatabase } from './local-database.ts';
import { table } from './table.ts';
import { UsageError, type Verb } from './verb.ts';

/** `throughline secrets`: which secrets are stored, and a new key for them. Their values are never shown. */
export const secretsVerb: Verb = {
  usage: 'list | rotate',
  help: [
    '  list      whose secrets there are, for which destination, sealed with which key',
    '  rotate    seal every secret with a new key and forget the old one; an interrupted rotation goes on',
  ].join('\n'),
  async run([action, ...rest]) {
    if (rest.length > 0 || (action !== 'list' && action !== 'rotate')) {
      throw new UsageError('Say "secrets list" or "secrets rotate".');
    }
    return withLocalDatabase(action === 'list' ? list : rotate);
  },
};

async function list({ db }: LocalDatabase): Promise<number> {
  const rows = (await listSecrets(db, defaultTenant)).map(({ owner, destination, keyId, sealedDateTime }) => [
    owner,
    destination,
    keyId,
    sealedDateTime.slice(0, 16).replace('T', ' '),
  ]);
  console.log(rows.length === 0 ? 'No secrets yet.' : table(['owner', 'destination', 'key', 'sealed (UTC)'], rows));
  return 0;
}

async function rotate({ db, dataDir }: LocalDatabase): Promise<number> {
  const keys = secretKeys(dataDir, process.env);
  const { resealed, keyId, resumed } = await rotateSecrets(db, keys);
  await inCommandLineAudit(
    db,
    async () => {},
    () => commandLineEvent('secrets.rotate', null, { resealed, keyId, resumed }),
  );
  if (resumed) console.log('An earlier rotation had been interrupted; it was brought to its end.');
  console.log(`${resealed} ${resealed === 1 ? 'secret is' : 'secrets are'} sealed with key ${keyId}.`);
  if (keys.fixed) console.log(`Keys after the first in ${keys.source} are no longer needed.`);
  return 0;
}
