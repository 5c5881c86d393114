import { randomBytes } from 'node:crypto';
import { link, mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type KeyRing, readKeyRing, writeKeyRing } from './key-ring.ts';
import { SecretError } from './secret-error.ts';

/** Where the keys are. Read anew each time, since another process may rotate them. */
export type SecretKeys = {
  /** For messages: the file or the variable. */
  source: string;
  /** The keys, or undefined when there are none yet. Throws SecretError `keyMalformed`, `keyReadable`. */
  read(): Promise<KeyRing | undefined>;
  /** Stores the first keys and returns those that are there now: another process may have been first. */
  create(ring: KeyRing): Promise<KeyRing>;
  /** Replaces the keys: after a crash either the old or the new ones are there. */
  write(ring: KeyRing): Promise<void>;
  /** Whether the keys are given from outside, so that `write` and `create` are refused (`keyFixed`). */
  fixed: boolean;
};

/** The keys that `THROUGHLINE_SECRETS_KEY` holds, else those of `secrets.key` in the data directory. */
export function secretKeys(dataDir: string, env: NodeJS.ProcessEnv): SecretKeys {
  const text = env.THROUGHLINE_SECRETS_KEY;
  return text ? keysInText(text, 'THROUGHLINE_SECRETS_KEY') : keysInFile(join(dataDir, 'secrets.key'));
}

/** Keys given as text, the current one first. */
export function keysInText(text: string, source: string): SecretKeys {
  const refuse = async () => {
    throw new SecretError('keyFixed', `The keys come from ${source} and are changed there.`);
  };
  return { source, fixed: true, read: async () => readKeyRing(text, source), create: refuse, write: refuse };
}

/** Keys in a file that only its owner may read. */
export function keysInFile(path: string): SecretKeys {
  const read = async () => {
    const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    });
    if (text === undefined) return undefined;
    const { mode } = await stat(path);
    if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
      throw new SecretError('keyReadable', `Others may read ${path}. Run \`chmod 600 ${path}\`, and rotate the key.`);
    }
    return readKeyRing(text, path);
  };
  return {
    source: path,
    fixed: false,
    read,
    async create(ring) {
      const draft = await writeDraft(path, ring);
      // A link, unlike a rename, replaces nothing.
      await link(draft, path).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'EEXIST') throw error;
      });
      await rm(draft, { force: true });
      await syncFolder(path);
      return (await read()) ?? ring;
    },
    async write(ring) {
      await rename(await writeDraft(path, ring), path);
      await syncFolder(path);
    },
  };
}

async function writeDraft(path: string, ring: KeyRing): Promise<string> {
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const file = await open(draft, 'wx', 0o600);
  try {
    await file.writeFile(writeKeyRing(ring));
    await file.sync();
  } finally {
    await file.close();
  }
  return draft;
}

// Makes the new name last through a power cut; where a folder cannot be opened (Windows) the system does it itself.
async function syncFolder(path: string): Promise<void> {
  const folder = await open(dirname(path)).catch(() => undefined);
  await folder?.sync().catch(() => {});
  await folder?.close();
}
