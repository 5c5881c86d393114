import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LaunchError } from './launch-error.ts';
import { processIdentity } from './process-identity.ts';

/** The hold of one server on a data directory. */
export interface ServerLock {
  /** Writes the address the server listens on, for the message that a second server gives. */
  announce(address: string): Promise<void>;
  release(): Promise<void>;
}

interface Holder {
  pid: number;
  identity: string;
  address: string | undefined;
}

const ATTEMPTS = 5;

/**
 * Takes the lock of a data directory. One left behind by a server that was killed is taken over.
 *
 * @throws LaunchError naming process and address of the server that holds it.
 */
export async function takeServerLock(dataDir: string): Promise<ServerLock> {
  const file = join(dataDir, 'server.lock');
  const mine = join(dataDir, `server.lock.${process.pid}`);
  const holder: Holder = { pid: process.pid, identity: (await processIdentity(process.pid)) ?? '', address: undefined };
  await writeFile(mine, JSON.stringify(holder), { mode: 0o600 });
  try {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      if (await linked(mine, file)) return lockOf(file, mine, holder);
      const text = await readFile(file, 'utf8').catch(() => '');
      const other = parseHolder(text);
      if (other !== undefined && (await processIdentity(other.pid)) === other.identity) throw refusal(dataDir, other);
      await removeStale(file, text);
    }
  } finally {
    await rm(mine, { force: true });
  }
  throw new LaunchError(`The lock ${file} keeps changing: several servers are starting at once. Try again.`);
}

function lockOf(file: string, mine: string, holder: Holder): ServerLock {
  return {
    async announce(address) {
      await writeFile(mine, JSON.stringify({ ...holder, address }), { mode: 0o600 });
      await rename(mine, file);
    },
    async release() {
      const held = parseHolder(await readFile(file, 'utf8').catch(() => ''));
      if (held?.pid === holder.pid && held.identity === holder.identity) await rm(file, { force: true });
    },
  };
}

function refusal(dataDir: string, { pid, address }: Holder): LaunchError {
  const where = address === undefined ? 'still starting' : address;
  return new LaunchError(
    `Another Throughline server (process ${pid}, ${where}) uses the data directory ${dataDir}. ` +
      'Stop it first, or set THROUGHLINE_DATA_DIR to another directory.',
  );
}

async function linked(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

// Moved aside first and looked at again, so that of two servers that find the same stale lock neither removes the
// fresh one of the other.
async function removeStale(file: string, seen: string): Promise<void> {
  const aside = `${file}.stale.${process.pid}`;
  try {
    await rename(file, aside);
  } catch {
    return;
  }
  if ((await readFile(aside, 'utf8')) !== seen) await linked(aside, file);
  await rm(aside, { force: true });
}

function parseHolder(text: string): Holder | undefined {
  try {
    const { pid, identity, address } = JSON.parse(text);
    if (!Number.isInteger(pid) || typeof identity !== 'string') return undefined;
    return { pid, identity, address: typeof address === 'string' ? address : undefined };
  } catch {
    return undefined;
  }
}
