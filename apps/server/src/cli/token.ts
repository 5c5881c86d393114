import { parseArgs } from 'node:util';
import { scopeBeyondRole } from '@throughline/access';
import { defaultTenant, type TokenScope, tokenScopes } from '@throughline/model';
import { createApiToken, findAccount, firstAdministrator } from '@throughline/store';
import { commandLineEvent, inCommandLineAudit } from '../audit/command-line-audit.ts';
import { withLocalDatabase } from './local-database.ts';
import { UsageError, type Verb } from './verb.ts';

/** `throughline token`: API tokens for programs. */
export const tokenVerb: Verb = {
  usage: 'create --scope SCOPE[,SCOPE…] --name NAME [--days N] [--user NAME]',
  help: [
    `  --scope  of ${tokenScopes.join(', ')}; several with commas`,
    '  --days   until it expires, 90 without this; 0 = never',
    '  --user   whose token; the first administrator’s without this',
  ].join('\n'),
  async run([action = '', ...args]) {
    if (action !== 'create') throw new UsageError('Say "token create".');
    const { values } = parseArgs({
      args,
      options: {
        scope: { type: 'string' },
        name: { type: 'string' },
        days: { type: 'string', default: '90' },
        user: { type: 'string' },
      },
    });
    const { name = '' } = values;
    if (name.trim() === '' || name.length > 100)
      throw new UsageError('--name is missing, or longer than 100 characters.');
    const scopes = scopesOf(values.scope ?? '');
    const days = Number(values.days);
    if (!Number.isInteger(days) || days < 0 || days > 3650)
      throw new UsageError('--days takes a number from 0 to 3650.');
    return withLocalDatabase(async ({ db }) => {
      const { user } = values;
      const owner =
        user === undefined ? await firstAdministrator(db, defaultTenant) : await findAccount(db, defaultTenant, user);
      if (owner === undefined || owner.disabled) throw new UsageError(`There is no account ${user ?? ''}.`);
      const beyond = scopeBeyondRole(owner.role, scopes);
      if (beyond !== undefined) throw new UsageError(`A ${owner.role} cannot make a token with scope ${beyond}.`);
      const expiresInDays = days === 0 ? null : days;
      const after = { name, scopes, expiresInDays };
      const made = await inCommandLineAudit(
        db,
        (trx) => createApiToken(trx, owner.id, after, new Date()),
        ({ id }) =>
          commandLineEvent('token.create', { kind: 'token', id: String(id) }, { after, owner: owner.userName }),
      );
      const until = made.expiresDateTime === null ? 'never expires' : `expires ${made.expiresDateTime.slice(0, 10)}`;
      console.log(`Token "${name}" of ${owner.userName} for ${scopes.join(', ')}; ${until}. It is shown this once:`);
      console.log(made.token);
      return 0;
    });
  },
};

function scopesOf(text: string): TokenScope[] {
  const words = text.split(',').map((word) => word.trim());
  const unknown = words.find((word) => !(tokenScopes as readonly string[]).includes(word));
  if (unknown !== undefined) throw new UsageError(`--scope takes ${tokenScopes.join(', ')}; not "${unknown}".`);
  return words as TokenScope[];
}
