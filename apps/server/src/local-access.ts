import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

/** How the command line reaches a running server: whoever may read its data directory is its administrator already. */
export type LocalAccess = { url: string; databaseUrl: string };

const schema = z.object({ url: z.string(), databaseUrl: z.string() });
const fileIn = (dataDir: string) => join(dataDir, 'server.json');

/** Writes the file, readable for its owner only. Returns what removes it. */
export async function writeLocalAccess(dataDir: string, access: LocalAccess): Promise<() => Promise<void>> {
  const file = fileIn(dataDir);
  await writeFile(`${file}.new`, JSON.stringify(access), { mode: 0o600 });
  await rename(`${file}.new`, file);
  return () => rm(file, { force: true });
}

/** The running server of a data directory; undefined when none runs. A file left by a killed server does not count. */
export async function readLocalAccess(dataDir: string): Promise<LocalAccess | undefined> {
  const text = await readFile(fileIn(dataDir), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const access = schema.safeParse(parsed(text)).data;
  if (access === undefined) return undefined;
  const answer = await fetch(new URL('/api/health', access.url), { signal: AbortSignal.timeout(5000) }).catch(
    () => null,
  );
  return answer === null ? undefined : access;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
