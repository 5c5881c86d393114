import { readFile, stat } from 'node:fs/promises';
import { basename, relative } from 'node:path';
import type { RuleFile } from '@throughline/detect';
import { fromBuffer } from 'yauzl';
import { UsageError } from '../cli/verb.ts';
import { readRuleFiles } from './rule-files.ts';

/** What an archive of rules may hold once unpacked, and how many files. */
const mostBytes = 200 * 1024 * 1024;
const mostFiles = 50_000;

/**
 * The rules of a directory or a zip archive, by their paths within it.
 *
 * @throws UsageError for what is neither, cannot be read, or is too large
 */
export async function readRulePack(path: string): Promise<RuleFile[]> {
  const found = await stat(path).catch(() => undefined);
  if (found?.isDirectory()) {
    const files = await readRuleFiles([path]);
    return files.map((file) => ({ ...file, path: relative(path, file.path).replaceAll('\\', '/') }));
  }
  if (!/\.zip$/i.test(path)) throw new UsageError(`Name a directory or a zip archive of rules, not ${path}.`);
  const bytes = await readFile(path).catch(() => {
    throw new UsageError(`${path} cannot be read.`);
  });
  return unzip(bytes, basename(path));
}

function unzip(bytes: Buffer, name: string): Promise<RuleFile[]> {
  const refuse = (why: string) => new UsageError(`${name} ${why}.`);
  return new Promise((resolve, reject) => {
    fromBuffer(bytes, { lazyEntries: true, strictFileNames: true }, (error, zip) => {
      if (error) return reject(refuse('is no zip archive'));
      const files: RuleFile[] = [];
      let unpacked = 0;
      zip.on('error', (fault: Error) => reject(refuse(`cannot be unpacked: ${fault.message}`)));
      zip.on('end', () => resolve(files));
      zip.on('entry', (entry: { fileName: string }) => {
        if (!/\.ya?ml$/i.test(entry.fileName)) return zip.readEntry();
        if (files.length >= mostFiles) return reject(refuse(`holds more than ${mostFiles} rules`));
        zip.openReadStream(entry as never, (fault, stream) => {
          if (fault) return reject(refuse(`cannot be unpacked: ${fault.message}`));
          const parts: Buffer[] = [];
          stream.on('data', (part: Buffer) => {
            unpacked += part.length;
            parts.push(part);
            if (unpacked > mostBytes) stream.destroy(refuse('is larger than 200 MB unpacked'));
          });
          stream.on('error', reject);
          stream.on('end', () => {
            files.push({ path: entry.fileName, text: Buffer.concat(parts).toString('utf8') });
            zip.readEntry();
          });
        });
      });
      zip.readEntry();
    });
  });
}
