import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { UsageError } from './verb.ts';

/** Something to read: a file, or standard input as "-". */
export type InputFile = { name: string /** Bytes; undefined for standard input. */; size: number | undefined };

/**
 * The files that the arguments name, in order; a directory gives all files below it, by name, hidden ones left out.
 *
 * @throws UsageError naming an argument that does not exist or cannot be read.
 */
export async function inputFiles(paths: readonly string[]): Promise<InputFile[]> {
  return (await Promise.all(paths.map(expand))).flat();
}

/** The bytes of an input. `onRead` is told the length of each piece. */
export async function* inputBytes(
  { name }: InputFile,
  onRead: (bytes: number) => void = () => {},
): AsyncGenerator<Buffer> {
  for await (const chunk of name === '-' ? process.stdin : createReadStream(name, { highWaterMark: 256 * 1024 })) {
    onRead(chunk.length);
    yield chunk as Buffer;
  }
}

async function expand(path: string): Promise<InputFile[]> {
  if (path === '-') return [{ name: '-', size: undefined }];
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(
      error.code === 'ENOENT' ? `There is no file ${path}.` : `${path} cannot be read (${error.code}).`,
    );
  });
  if (!found.isDirectory()) return [{ name: path, size: found.size }];
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  return Promise.all(names.map(async (name) => ({ name, size: (await stat(name)).size })));
}
