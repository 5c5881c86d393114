import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { access, chmod, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { EngineStartError } from '../engine.ts';
import { giveToAccount, type PostgresAccount } from './account.ts';
import type { PostgresBinaries } from './binaries.ts';

const run = promisify(execFile);

/** The superuser and the database of the embedded cluster. */
export const POSTGRES_USER = 'throughline';

/** An initialised cluster on disk and the password of its superuser. */
export interface PostgresCluster {
  path: string;
  password: string;
}

/**
 * Opens the cluster below `dataDir`, initialising it the first time. The password is in `postgres-password` (mode
 * 0600); with the file lost, the cluster is of no use, so a new one is never made silently.
 *
 * @throws EngineStartError when initdb fails or the password file is missing.
 */
export async function openCluster(
  dataDir: string,
  binaries: PostgresBinaries,
  account: PostgresAccount,
): Promise<PostgresCluster> {
  const path = join(dataDir, 'postgres');
  const passwordFile = join(dataDir, 'postgres-password');
  if (await exists(join(path, 'PG_VERSION'))) {
    await giveToAccount(account, path, binaries.postgres);
    return { path, password: await readPassword(passwordFile) };
  }
  const password = randomBytes(24).toString('base64url');
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
  await chmod(passwordFile, 0o600);
  await initialise(path, password, binaries, account);
  return { path, password };
}

// initdb works in a directory beside the final one, so that a crash half-way never leaves half a cluster.
async function initialise(path: string, password: string, binaries: PostgresBinaries, account: PostgresAccount) {
  const fresh = `${path}.new`;
  const secret = `${path}.secret`;
  await Promise.all([rm(fresh, { recursive: true, force: true }), rm(secret, { recursive: true, force: true })]);
  await mkdir(fresh, { mode: 0o700 });
  await writeFile(secret, `${password}\n`, { mode: 0o600 });
  await giveToAccount(account, fresh, binaries.postgres);
  await giveToAccount(account, secret, binaries.postgres);
  const args = [
    `--pgdata=${fresh}`,
    `--username=${POSTGRES_USER}`,
    `--pwfile=${secret}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
  ];
  const [program = binaries.initdb, ...rest] = [...account.prefix, binaries.initdb, ...args];
  try {
    await run(program, rest, {
      cwd: dirname(binaries.initdb),
      env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' },
      ...(account.uid === undefined ? {} : { uid: account.uid }),
      ...(account.gid === undefined ? {} : { gid: account.gid }),
    });
  } catch (cause) {
    const said = (cause as { stderr?: string }).stderr ?? String(cause);
    throw new EngineStartError(`PostgreSQL could not be initialised in ${path}: ${said.trim()}`, { cause });
  } finally {
    await rm(secret, { force: true });
  }
  await rename(fresh, path);
}

async function readPassword(file: string): Promise<string> {
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch (cause) {
    throw new EngineStartError(
      `The PostgreSQL password file ${file} cannot be read, and without it the data beside it cannot be opened. ` +
        'Restore the file from a backup, or move the data directory away to start empty.',
      { cause },
    );
  }
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
