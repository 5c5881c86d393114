import { readFile } from 'node:fs/promises';
import type { RuleFile } from '@throughline/detect';
import { inputFiles } from '../cli/input-files.ts';

/**
 * The YAML files that the paths name, a directory all of them below it.
 *
 * @throws UsageError naming a path that does not exist or cannot be read
 */
export async function readRuleFiles(paths: readonly string[]): Promise<RuleFile[]> {
  const files = await inputFiles(paths);
  const yaml = files.filter(({ name }) => /\.ya?ml$/i.test(name));
  const read: RuleFile[] = [];
  for (const { name } of yaml) read.push({ path: name, text: await readFile(name, 'utf8') });
  return read;
}
