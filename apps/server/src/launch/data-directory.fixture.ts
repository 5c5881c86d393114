// A server in miniature for data-directory.test.ts: holds the directory of its argument until it is killed.
import { openDataDirectory } from './data-directory.ts';

const directory = await openDataDirectory({ path: process.argv[2] ?? '', version: '1.2.3' });
await directory.announce('http://127.0.0.1:4321');
console.log('held');
setInterval(() => {}, 1_000);
