/**
 * What reading costs beside JSON.parse of the same bytes: `node packages/intake/bench.ts FILE.ndjson…`. Prints per file:
 * records, µs per record for JSON.parse alone (lines split, then parsed), for reading (decode, frame, parse, recognise,
 * read) and, where the file holds telemetry, for reading each parsed record into its event and rows; and the ratios to
 * JSON.parse. CPU time, best of five rounds.
 */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { defaultLimits, readBatches, readTelemetry } from './src/index.ts';

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

/** Rows of the records that telemetry formats recognise; records are parsed before. */
function readParsed(records: readonly { record: unknown; text: string }[], now: Date): number {
  let rows = 0;
  for (const { record, text } of records) {
    try {
      rows += readTelemetry(record, { now, text })?.rows.length ?? 0;
    } catch {
      // A record without a date costs what it costs.
    }
  }
  return rows;
}

for (const file of process.argv.slice(2)) {
  const bytes = readFileSync(file);
  let parseMs = Number.POSITIVE_INFINITY;
  let readMs = Number.POSITIVE_INFINITY;
  let records = 0;
  let alerts = 0;
  let telemetryMs = Number.POSITIVE_INFINITY;
  let rows = 0;
  const parsedRecords = bytes
    .toString('utf8')
    .split('\n')
    .filter((text) => text.startsWith('{'))
    .map((text) => ({ text, record: JSON.parse(text) as unknown }));
  for (let round = 0; round < 5; round++) {
    const start = cpuMs();
    records = parse(bytes);
    const parsed = cpuMs();
    alerts = await read(bytes);
    parseMs = Math.min(parseMs, parsed - start);
    const whole = cpuMs();
    readMs = Math.min(readMs, whole - parsed);
    rows = readParsed(parsedRecords, new Date());
    telemetryMs = Math.min(telemetryMs, cpuMs() - whole);
  }
  const perRecord = (ms: number) => ((ms * 1000) / records).toFixed(2);
  console.log(
    `${basename(file)}: ${records} records, ${alerts} alerts, JSON.parse ${perRecord(parseMs)} µs, ` +
      `reading ${perRecord(readMs)} µs, ratio ${(readMs / parseMs).toFixed(2)}` +
      (rows === 0
        ? ''
        : `; ${rows} rows, telemetry ${perRecord(telemetryMs)} µs, ratio ${(telemetryMs / parseMs).toFixed(2)}`),
  );
}
