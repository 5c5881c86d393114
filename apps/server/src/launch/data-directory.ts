import { mkdir, readFile, rename, rm, statfs, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { LaunchError } from './launch-error.ts';
import { type ServerLock, takeServerLock } from './server-lock.ts';

/** The layout of a data directory this version reads and writes. Raised when an older version could not read it. */
export const DATA_FORMAT = 1;

/** Below this many bytes of free disk the server does not start. */
export const MIN_FREE_BYTES = 256 * 1024 * 1024;

/** A data directory held by this process. */
export interface DataDirectory extends ServerLock {
  readonly path: string;
}

/** What `openDataDirectory` takes. */
export interface DataDirectoryOptions {
  path: string;
  /** The running version of Throughline, for the version file. */
  version: string;
  /** Free bytes to ask for; {@link MIN_FREE_BYTES} when left out. */
  minFreeBytes?: number;
}

/** The data directory: `THROUGHLINE_DATA_DIR`, or `.throughline` below `root`. Absolute. */
export function dataDirectoryPath(root: string, env: NodeJS.ProcessEnv): string {
  return resolve(env.THROUGHLINE_DATA_DIR || join(root, '.throughline'));
}

/**
 * Creates the data directory when it is missing and takes hold of it.
 *
 * @throws LaunchError when it cannot be written, the disk is nearly full, a newer version wrote it, or another server
 *   holds it.
 */
export async function openDataDirectory(options: DataDirectoryOptions): Promise<DataDirectory> {
  const { path, version } = options;
  await ensureWritable(path);
  await ensureSpace(path, options.minFreeBytes ?? MIN_FREE_BYTES);
  await refuseNewerFormat(path, version);
  const lock = await takeServerLock(path);
  await writeVersion(path, version);
  return { path, ...lock };
}

async function ensureWritable(path: string): Promise<void> {
  const probe = join(path, `.writable.${process.pid}`);
  try {
    await mkdir(path, { recursive: true, mode: 0o700 });
    await writeFile(probe, '');
    await rm(probe);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'ENOSPC') throw full(path, 0, cause);
    throw new LaunchError(
      `The data directory ${path} cannot be written (${code}). ` +
        'Give this user the right to write there, or set THROUGHLINE_DATA_DIR to another directory.',
      { cause },
    );
  }
}

async function ensureSpace(path: string, wanted: number): Promise<void> {
  const { bavail, bsize } = await statfs(path);
  if (bavail * bsize < wanted) throw full(path, bavail * bsize);
}

function full(path: string, free: number, cause?: unknown): LaunchError {
  return new LaunchError(
    `The disk of the data directory ${path} is nearly full: ${Math.floor(free / 1024 / 1024)} MB free, ` +
      `${MIN_FREE_BYTES / 1024 / 1024} MB needed. Free some space, or set THROUGHLINE_DATA_DIR to another disk.`,
    { cause },
  );
}

async function refuseNewerFormat(path: string, version: string): Promise<void> {
  const text = await readFile(join(path, 'version.json'), 'utf8').catch(() => undefined);
  if (text === undefined) return;
  const written = parseVersion(text);
  if (written === undefined) {
    throw new LaunchError(`The file ${join(path, 'version.json')} is damaged. Restore it from a backup.`);
  }
  if (written.format > DATA_FORMAT) {
    throw new LaunchError(
      `The data directory ${path} was written by Throughline ${written.version} (data format ${written.format}); ` +
        `this is Throughline ${version}, which reads data formats up to ${DATA_FORMAT}. ` +
        'Start the newer version, or set THROUGHLINE_DATA_DIR to another directory.',
    );
  }
}

async function writeVersion(path: string, version: string): Promise<void> {
  const file = join(path, 'version.json');
  await writeFile(`${file}.new`, `${JSON.stringify({ format: DATA_FORMAT, version })}\n`);
  await rename(`${file}.new`, file);
}

function parseVersion(text: string): { format: number; version: string } | undefined {
  try {
    const { format, version } = JSON.parse(text);
    return Number.isInteger(format) && typeof version === 'string' ? { format, version } : undefined;
  } catch {
    return undefined;
  }
}
