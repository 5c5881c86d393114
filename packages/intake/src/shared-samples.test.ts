import { execFileSync } from 'node:child_process';
import { createReadStream, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { alertSchema } from '@throughline/model';
import { afterAll, describe, expect, it } from 'vitest';
import { defaultLimits } from './limits.ts';
import { type Received, readBatches } from './read-body.ts';

const data = new URL('../../../../shared/data', import.meta.url).pathname;
const bench = new URL('../../../../shared/bench/correlation', import.meta.url).pathname;
const present = existsSync(data);
if (!present) console.log('skipped: the shared samples are not beside the project');
const scratch = mkdtempSync(join(tmpdir(), 'intake-samples-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

async function count(file: string): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  const options = { source: 'auto', tenantId: 'default', now: new Date('2026-11-24T00:00:00Z'), limits: defaultLimits };
  for await (const batch of readBatches(createReadStream(file), options)) {
    for (const one of batch) {
      if ('alert' in one && (counts.received ?? 0) < 200)
        expect(alertSchema.safeParse(one.alert).error).toBeUndefined();
      const key = outcomeOf(one);
      counts[key] = (counts[key] ?? 0) + 1;
      counts.received = (counts.received ?? 0) + 1;
    }
  }
  return counts;
}

function outcomeOf(one: Received): string {
  return 'alert' in one ? `${one.source} accepted` : `${one.source} ${one.reject.reason}`;
}

function unpack(archive: string): string {
  const into = mkdtempSync(join(scratch, 'x-'));
  execFileSync('tar', ['xf', join(data, archive), '-C', into]);
  return into;
}

function filesBelow(folder: string, pattern: RegExp): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && pattern.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/** Judged by eye: what is not accepted is telemetry, or is described. */
const vendorSamples: Record<string, Record<string, number>> = {
  'aws/cloudtrail.jsonl': { 'cloudtrail telemetryNotStored': 100 },
  // NetScaler and A10 send plain syslog beside CEF.
  'cef-leef/cef-leef.log': { 'cef accepted': 12, 'leef accepted': 6, 'syslog telemetryNotStored': 13 },
  'crowdstrike/fdr.jsonl': { 'crowdstrike accepted': 2, 'crowdstrike telemetryNotStored': 34 },
  'falco/events.jsonl': { 'falco accepted': 6 },
  // Two records are {"methodName": …} and nothing else.
  'google-cloud-kubernetes/audit.jsonl': {
    'googleCloudAudit telemetryNotStored': 57,
    'kubernetesAudit telemetryNotStored': 1,
    'unknown unknownFormat': 2,
  },
  // One line is type=UNKNOWN without an audit id.
  'linux/auditd.log': { 'auditd telemetryNotStored': 66, 'unknown unknownFormat': 1 },
  'microsoft/defender-xdr-entra-office-events.jsonl': {
    'defenderHunting telemetryNotStored': 9,
    'entra telemetryNotStored': 4,
    'officeActivity telemetryNotStored': 1,
  },
  'microsoft/entra-signin-audit.jsonl': { 'entra telemetryNotStored': 16 },
  // Three responses in one object; the incident of the first has no alerts.
  'microsoft/graph-security-incidents-alerts.json': { 'graph accepted': 2, 'graph notAnAlert': 1 },
  'microsoft/mde-process-events.csv': { 'defenderEndpointRaw telemetryNotStored': 150 },
  'microsoft/officeactivity-exchange.csv': { 'officeActivity telemetryNotStored': 80 },
  'microsoft/sentinel-securityalert.csv': { 'sentinel accepted': 60 },
  'network-syslog/cisco-paloalto.log': { 'syslog telemetryNotStored': 71 },
  // Six rows are statistics of an anomaly query, not System Log events.
  'okta/system-log.jsonl': { 'okta telemetryNotStored': 33, 'unknown unknownFormat': 6 },
  'osquery/osqueryd.results.log': { 'osquery telemetryNotStored': 266 },
  // Six messages have no valid priority.
  'syslog/rfc3164-rfc5424-cases.jsonl': { 'syslog telemetryNotStored': 114, 'unknown unknownFormat': 6 },
  'windows/sysmon-security-powershell.jsonl': { 'windowsEvent telemetryNotStored': 277 },
  'zeek/combined.json': { 'zeek telemetryNotStored': 300 },
};

function withTotal(counts: Record<string, number>): Record<string, number> {
  return { ...counts, received: Object.values(counts).reduce((sum, n) => sum + n, 0) };
}

describe.skipIf(!present)('real samples, all records answered', () => {
  it.each(Object.entries(vendorSamples))('vendor-samples/%s', async (file, expected) => {
    expect(await count(join(data, 'vendor-samples', file))).toEqual(withTotal(expected));
  });

  it('vendor-samples has no file that this list does not know', () => {
    const folder = join(data, 'vendor-samples');
    const found = filesBelow(folder, /\.(jsonl?|log|csv)$/).map((file) => relative(folder, file));
    expect(found).toEqual(Object.keys(vendorSamples).sort());
  });

  it('suricata-samples', async () => {
    const folder = unpack('suricata-samples/suricata-sample-data.tar.xz');
    const counts = await Promise.all(filesBelow(folder, /alerts-only\.json$/).map(count));
    expect(counts.map((one) => one['suricata accepted'])).toEqual([136, 44, 161, 207]);
    expect(counts.map((one) => one.received)).toEqual([136, 44, 161, 207]);
  });

  it('ocsf-examples', async () => {
    const total: Record<string, number> = {};
    for (const file of filesBelow(unpack('ocsf-examples/ocsf-mappings.tar.xz'), /\.(ocsf|json)$/)) {
      for (const [key, n] of Object.entries(await count(file))) total[key] = (total[key] ?? 0) + n;
    }
    // Four of the examples are not well-formed JSON.
    expect(total).toEqual(
      withTotal({
        'ocsf accepted': 11,
        'ocsf telemetryNotStored': 86,
        'kubernetesAudit telemetryNotStored': 1,
        'unknown malformedJson': 4,
      }),
    );
  });

  it('wazuh-tests: log lines without Wazuh’s verdict are never alerts', async () => {
    for (const file of filesBelow(unpack('wazuh-tests/rules-testing.tar.xz'), /\.ini$/)) {
      const counts = await count(file);
      const accepted = Object.keys(counts).filter(
        (key) => key.endsWith('accepted') && !key.startsWith('cef') && !key.startsWith('leef'),
      );
      expect(accepted).toEqual([]);
    }
  });

  it('cptc-2017: Splunk exports in gzip', async () => {
    const counts = await Promise.all(filesBelow(join(data, 'cptc-2017'), /\.gz$/).map(count));
    expect(counts).toEqual([4274, 3353, 1912, 4712, 2233].map((n) => withTotal({ 'suricata accepted': n })));
  });

  it('the tracks of the correlation benchmark', async () => {
    const make = (script: string, ...more: string[]) => {
      const out = mkdtempSync(join(scratch, 'track-'));
      execFileSync(process.execPath, [join(bench, script), '--out', out, '--seed', '1', ...more], { stdio: 'ignore' });
      return out;
    };
    const ait = make('make-ait.mjs', '--data', join(data, 'ait-ads'), '--collapse', '60');
    expect(await count(join(ait, 'alerts.ndjson'))).toEqual(withTotal({ 'graph accepted': 29_350 }));
    const cptc = make('make-cptc.mjs', '--data', join(data, 'cptc-2017'), '--mode', 'hard');
    expect(await count(join(cptc, 'alerts.ndjson'))).toEqual(withTotal({ 'graph accepted': 16_484 }));
    expect(await count(join(cptc, 'eve.ndjson'))).toEqual(withTotal({ 'suricata accepted': 16_484 }));
  }, 60_000);
});
