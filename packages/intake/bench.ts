/**
 * What reading costs beside JSON.parse of the same bytes: `node packages/intake/bench.ts FILE.ndjson…`. Prints per file:
 * records, µs per record for JSON.parse alone (lines split, then parsed) and for reading (decode, frame, parse,
 * recognise, read), and the ratio. CPU time, best of five rounds.
 */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { defaultLimits, readBatches } from './src/index.ts';

const limits = { ...defaultLimits, bodyBytes: Number.POSITIVE_INFINITY };

function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

async function read(bytes: Uint8Array): Promise<number> {
  let alerts = 0;
  for await (const batch of readBatches(bytes, { source: 'auto', tenantId: 'default', now: new Date(), limits })) {
    for (const one of batch) if ('alert' in one) alerts++;
  }
  return alerts;
}

function parse(bytes: Buffer): number {
  let records = 0;
  for (const line of bytes.toString('utf8').split('\n')) {
    if (line === '') continue;
    JSON.parse(line);
    records++;
  }
  return records;
}

for (const file of process.argv.slice(2)) {
  const bytes = readFileSync(file);
  let parseMs = Number.POSITIVE_INFINITY;
  let readMs = Number.POSITIVE_INFINITY;
  let records = 0;
  let alerts = 0;
  for (let round = 0; round < 5; round++) {
    const start = cpuMs();
    records = parse(bytes);
    const parsed = cpuMs();
    alerts = await read(bytes);
    parseMs = Math.min(parseMs, parsed - start);
    readMs = Math.min(readMs, cpuMs() - parsed);
  }
  const perRecord = (ms: number) => ((ms * 1000) / records).toFixed(2);
  console.log(
    `${basename(file)}: ${records} records, ${alerts} alerts, JSON.parse ${perRecord(parseMs)} µs, ` +
      `reading ${perRecord(readMs)} µs, ratio ${(readMs / parseMs).toFixed(2)}`,
  );
}
