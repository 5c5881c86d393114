import { readdir, readFile } from 'node:fs/promises';

/** A process that works on a data directory. */
export type EngineProcess = { pid: number; command: string };

/** The processes whose command line names `dataDir`, without this one (Linux; elsewhere none are found). */
export async function processesOn(dataDir: string): Promise<EngineProcess[]> {
  const ids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name)).map(Number);
  const found = await Promise.all(
    ids.map(async (pid) => {
      const text = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
      return { pid, command: text.replaceAll('\0', ' ').trim() };
    }),
  );
  return found.filter(
    ({ pid, command }) => pid !== process.pid && command.split(' ').some((word) => isIn(word, dataDir)),
  );
}

function isIn(word: string, dataDir: string): boolean {
  return word === dataDir || word.startsWith(`${dataDir}/`);
}
