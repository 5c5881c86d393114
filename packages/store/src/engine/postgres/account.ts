import { execFile } from 'node:child_process';
import { chmod, lchown, readdir, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { EngineStartError } from '../engine.ts';

/**
 * How PostgreSQL, which refuses to run as root, is run by this process: words put before its command line, or the user
 * and group to spawn it as, or neither for an ordinary user.
 */
export interface PostgresAccount {
  prefix: string[];
  uid?: number;
  gid?: number;
}

const USER_NAMESPACE = ['unshare', '--user', '--map-user=1000', '--map-group=1000'];
const NOBODY = 65534;
const run = promisify(execFile);

/**
 * Chooses the account. For root, a user namespace in which root appears as an ordinary user: the files stay root's, and
 * any directory works. Where the system forbids user namespaces (many containers), the account `nobody`.
 */
export async function postgresAccount(): Promise<PostgresAccount> {
  if (process.getuid?.() !== 0) return { prefix: [] };
  if (process.platform === 'linux') {
    const [program = '', ...args] = USER_NAMESPACE;
    const works = await run(program, [...args, 'true']).then(
      () => true,
      () => false,
    );
    if (works) return { prefix: USER_NAMESPACE };
  }
  return { prefix: [], uid: NOBODY, gid: NOBODY };
}

/**
 * Makes `path` and what is in it belong to the account. Does nothing for an ordinary user.
 *
 * @throws EngineStartError naming the first directory above `path` or `programs` that the account may not enter.
 */
export async function giveToAccount(account: PostgresAccount, path: string, programs: string): Promise<void> {
  if (process.getuid?.() !== 0) return;
  const { uid, gid } = account;
  if (uid === undefined || gid === undefined) {
    await changeOwner(path, 0, 0);
    return;
  }
  // The data directory itself stays root's; the account may pass through it but not list it.
  const parent = dirname(path);
  await chmod(parent, ((await stat(parent)).mode & 0o777) | 0o011);
  for (const target of [path, programs]) {
    const closed = await firstClosedDirectory(dirname(target), uid, gid);
    if (closed === undefined) continue;
    throw new EngineStartError(
      `PostgreSQL does not run as root, and the account nobody (uid ${uid}) may not enter ${closed}. ` +
        (target === path
          ? 'Set THROUGHLINE_DATA_DIR to a directory it can reach, for example /var/lib/throughline, or start as an ordinary user.'
          : 'Put the program in a directory it can reach, for example /opt/throughline, or start as an ordinary user.'),
    );
  }
  await changeOwner(path, uid, gid);
}

async function firstClosedDirectory(path: string, uid: number, gid: number): Promise<string | undefined> {
  const above: string[] = [];
  for (let at = resolve(path); ; at = dirname(at)) {
    above.unshift(at);
    if (at === dirname(at)) break;
  }
  for (const directory of above) {
    const { mode, uid: owner, gid: group } = await stat(directory);
    const may = owner === uid ? mode & 0o100 : group === gid ? mode & 0o010 : mode & 0o001;
    if (may === 0) return directory;
  }
  return undefined;
}

async function changeOwner(path: string, uid: number, gid: number): Promise<void> {
  const top = await stat(path);
  if (top.uid === uid) return;
  const entries = top.isDirectory() ? await readdir(path, { recursive: true }) : [];
  for (const entry of entries) await lchown(join(path, entry), uid, gid);
  // The top goes last: once it has the right owner, everything below has.
  await lchown(path, uid, gid);
}
