import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { demoFiles } from './batches.ts';

// node content/demo/write-files.ts DIRECTORY: the demo as one file for each product, to read or to ingest by hand.
const [directory] = process.argv.slice(2);
if (directory === undefined) {
  console.error('Usage: node content/demo/write-files.ts DIRECTORY');
  process.exit(2);
}
mkdirSync(directory, { recursive: true });
for (const { name, body } of demoFiles(new Date())) {
  writeFileSync(join(directory, name), body);
  console.log(join(directory, name));
}
