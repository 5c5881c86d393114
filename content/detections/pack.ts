import { globSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where the rules lie. */
export const detectionsFolder = fileURLToPath(new URL('.', import.meta.url));

/** One file of the pack: its rules as text, and the samples beside it. */
export interface Detection {
  /** Below the folder of the pack: `windows/office-starts-shell.yml`. */
  readonly path: string;
  readonly text: string;
  readonly samples: { readonly matches: readonly unknown[]; readonly nearMisses: readonly unknown[] };
}

/** Every rule that Throughline ships, by path. */
export function detections(): Detection[] {
  return globSync('**/*.yml', { cwd: detectionsFolder })
    .sort()
    .map((path) => ({
      path: relative('', path).replaceAll('\\', '/'),
      text: readFileSync(join(detectionsFolder, path), 'utf8'),
      samples: JSON.parse(
        readFileSync(join(detectionsFolder, path.replace(/\.yml$/, '.samples.json')), 'utf8'),
      ) as Detection['samples'],
    }));
}
