import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type IntakeFormat, MappingError, mappingFormat } from '@throughline/intake';

/**
 * Reads the mapping files (`*.json`) of a folder; none when there is no such folder.
 *
 * @throws MappingError naming the file that is not valid.
 */
export async function readMappings(folder: string): Promise<IntakeFormat[]> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.json')).sort();
  return Promise.all(
    names.map(async (name) => {
      try {
        return mappingFormat(JSON.parse(await readFile(join(folder, name), 'utf8')));
      } catch (error) {
        throw new MappingError(join(folder, name), (error as Error).message);
      }
    }),
  );
}
