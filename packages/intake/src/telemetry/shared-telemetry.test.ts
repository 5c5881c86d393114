import { createReadStream, existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { defaultLimits } from '../limits.ts';
import { readBatches } from '../read-body.ts';
import { readTelemetry } from './read-telemetry.ts';
import { rowFaults } from './row-faults.fixture.ts';

const data = new URL('../../../../../shared/data', import.meta.url).pathname;
const present = existsSync(data);
if (!present) console.log('skipped: the shared samples are not beside the project');
const now = new Date('2026-11-24T00:00:00Z');
/** One row in so many is checked against the schema; the golden pairs check every one. */
const sampled = 50;

type Counts = { read: number; rows: Record<string, number>; reasons: Record<string, number>; alerts: number };

async function count(file: string): Promise<Counts> {
  const counts: Counts = { read: 0, rows: {}, reasons: {}, alerts: 0 };
  const add = (into: Record<string, number>, key: string) => {
    into[key] = (into[key] ?? 0) + 1;
  };
  const options = {
    source: 'auto',
    tenantId: 't',
    now,
    telemetry: true,
    limits: { ...defaultLimits, bodyBytes: 2 ** 31 },
  } as const;
  let seen = 0;
  for await (const batch of readBatches(createReadStream(file), options)) {
    for (const one of batch) {
      if ('alert' in one) counts.alerts++;
      else if ('reject' in one) add(counts.reasons, `${one.source} ${one.reject.reason}`);
      else {
        const { record, text } = one.telemetry;
        try {
          const read = readTelemetry(record, { now, text });
          counts.read++;
          if (read === undefined || read.rows.length === 0) throw new Error(`no row: ${text.slice(0, 300)}`);
          for (const row of read.rows) {
            add(counts.rows, row.table);
            if (seen++ % sampled === 0) expect(rowFaults(row)).toEqual([]);
          }
        } catch (error) {
          if ((error as Error).name !== 'Refused') throw error;
          add(counts.reasons, `${one.source} ${(error as { reason: string }).reason}`);
        }
      }
    }
  }
  return counts;
}

function filesBelow(folder: string, pattern: RegExp): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && pattern.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/** What is not read is an alert, or lacks a date, or has names in lower case, or is described. */
const vendorSamples: Record<string, Record<string, number>> = {
  'aws/cloudtrail.jsonl': { read: 96, alerts: 0, 'cloudtrail missingField': 2, 'cloudtrail telemetryNotStored': 2 },
  'cef-leef/cef-leef.log': { read: 13, alerts: 18 },
  'crowdstrike/fdr.jsonl': { read: 22, alerts: 2, 'crowdstrike telemetryNotStored': 12 },
  'google-cloud-kubernetes/audit.jsonl': {
    read: 54,
    alerts: 0,
    'googleCloudAudit missingField': 4,
    'unknown unknownFormat': 2,
  },
  'linux/auditd.log': { read: 51, alerts: 0, 'unknown unknownFormat': 1 },
  'microsoft/defender-xdr-entra-office-events.jsonl': { read: 14, alerts: 0 },
  'microsoft/entra-signin-audit.jsonl': { read: 16, alerts: 0 },
  'microsoft/mde-process-events.csv': { read: 150, alerts: 0 },
  'microsoft/officeactivity-exchange.csv': { read: 80, alerts: 0 },
  'network-syslog/cisco-paloalto.log': { read: 71, alerts: 0 },
  // Six rows are statistics of a query; the others have names in lower case or of their own, or a redacted date.
  'okta/system-log.jsonl': {
    read: 10,
    alerts: 0,
    'okta invalidField': 3,
    'okta telemetryNotStored': 20,
    'unknown unknownFormat': 6,
  },
  'osquery/osqueryd.results.log': { read: 266, alerts: 0 },
  // Messages without a valid priority.
  'syslog/rfc3164-rfc5424-cases.jsonl': {
    read: 113,
    alerts: 0,
    'syslog telemetryNotStored': 1,
    'unknown unknownFormat': 6,
  },
  'windows/sysmon-security-powershell.jsonl': { read: 277, alerts: 0 },
  'zeek/combined.json': { read: 300, alerts: 0 },
};

describe.skipIf(!present)('real telemetry', () => {
  it('of the OTRF sets: every event gives rows', async () => {
    const rows: Record<string, number> = {};
    const reasons: Record<string, number> = {};
    let read = 0;
    for (const file of filesBelow(join(data, 'otrf'), /\.zip$/)) {
      const counts = await count(file);
      read += counts.read;
      for (const [table, n] of Object.entries(counts.rows)) rows[table] = (rows[table] ?? 0) + n;
      for (const [reason, n] of Object.entries(counts.reasons)) reasons[`${basename(file)} ${reason}`] = n;
    }
    console.log(`OTRF: ${read} events`, rows);
    expect(read).toBe(295_202);
    // A report made of CloudTrail records, as CSV with columns of its own.
    expect(reasons).toEqual({ 'aws_s3_honeybucketlogs.zip unknown unknownFormat': 301 });
    expect(rows).toMatchObject({ DeviceEvents: 159_683, DeviceProcessEvents: 944, SecurityEvent: 21_136 });
  }, 120_000);

  it.each(Object.entries(vendorSamples))('vendor-samples/%s', async (file, expected) => {
    const { rows, reasons, ...counts } = await count(join(data, 'vendor-samples', file));
    expect({ ...counts, ...reasons }).toEqual(expected);
    expect(Object.keys(rows).length > 0).toBe(counts.read > 0);
  });
});
