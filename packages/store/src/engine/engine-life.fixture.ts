// A server in miniature for engine-life.test.ts: starts both engines in the directory of its argument, says where they
// are in one line of JSON, and then waits to be killed, or to be asked to stop by the end of its standard input.
import { startEngines } from './engines.ts';

const silent = { info: () => {}, warn: () => {}, error: () => {} };
const engines = await startEngines({ dataDir: process.argv[2] ?? '', log: silent });
const { databaseUrl, clickhouse } = engines;
console.log(JSON.stringify({ databaseUrl, clickhouse, health: engines.health() }));
process.stdin.resume();
process.stdin.on('end', () => engines.stop().then(() => process.exit(0)));
