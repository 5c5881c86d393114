import { parseArgs } from 'node:util';
import { defaultTenant, type Role, roles } from '@throughline/model';
import { createAccount, createOneTimeLink, findAccount, listAccounts } from '@throughline/store';
import { commandLineEvent, inCommandLineAudit } from '../audit/command-line-audit.ts';
import { signInUrl } from '../http/sign-in-url.ts';
import { type LocalDatabase, withLocalDatabase } from './local-database.ts';
import { table } from './table.ts';
import { UsageError, type Verb } from './verb.ts';

/** `throughline user`: accounts and their sign-in links. */
export const userVerb: Verb = {
  usage: 'list | add NAME [--role ROLE] [--display-name TEXT] | link NAME',
  help: `  --role  ${roles.join(', ')}; operator without this`,
  async run(args) {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { role: { type: 'string', default: 'operator' }, 'display-name': { type: 'string' } },
    });
    const [action, name = ''] = positionals;
    if (action === 'list') return withLocalDatabase(list);
    if ((action !== 'add' && action !== 'link') || name.trim() === '' || name.length > 200) {
      throw new UsageError('Say "user list", "user add NAME" or "user link NAME".');
    }
    return withLocalDatabase(async (local) => {
      if (action === 'add') await add(local, name, roleOf(values.role), values['display-name'] ?? name);
      return link(local, name);
    });
  },
};

async function list({ db }: LocalDatabase): Promise<number> {
  const rows = (await listAccounts(db, defaultTenant)).map((account) => [
    account.userName,
    account.displayName,
    account.role,
    account.disabled ? 'disabled' : '',
    account.lastSignInDateTime?.slice(0, 16).replace('T', ' ') ?? 'never',
  ]);
  console.log(table(['name', 'display name', 'role', 'state', 'last sign-in (UTC)'], rows));
  return 0;
}

async function add({ db }: LocalDatabase, userName: string, role: Role, displayName: string): Promise<void> {
  const after = { userName, displayName, role };
  await inCommandLineAudit(
    db,
    (trx) => createAccount(trx, defaultTenant, after),
    ({ id }) => commandLineEvent('account.create', { kind: 'account', id: String(id) }, { after }),
  );
  console.log(`Account ${userName} added as ${role}.`);
}

async function link({ db, baseUrl }: LocalDatabase, userName: string): Promise<number> {
  const account = await findAccount(db, defaultTenant, userName);
  if (account === undefined) throw new UsageError(`There is no account ${userName}.`);
  const { secret } = await inCommandLineAudit(
    db,
    (trx) => createOneTimeLink(trx, defaultTenant, account.id, new Date(), { local: true }),
    () => commandLineEvent('account.link', { kind: 'account', id: String(account.id) }, {}),
  );
  console.log('This link signs in once, within 15 minutes:');
  console.log(signInUrl(baseUrl, secret));
  return 0;
}

function roleOf(text: string): Role {
  const role = roles.find((one) => one === text);
  if (role === undefined) throw new UsageError(`--role takes ${roles.join(', ')}; not "${text}".`);
  return role;
}
