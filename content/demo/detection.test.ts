import { compile, readRules } from '@throughline/detect';
import { readTelemetry } from '@throughline/intake';
import { expect, test } from 'vitest';
import { detections } from '../detections/pack.ts';
import { clockEndingAt } from './clock.ts';
import { telemetryEntries } from './entries.ts';
import { demoExpectation } from './index.ts';
import { everydayTelemetry } from './telemetry/everyday-telemetry.ts';

const now = new Date('2026-03-11T14:03:20Z');
const at = clockEndingAt(now);

/** What the detections we ship report of lines of a log: the rule and the device. */
function reported(lines: readonly string[]): string[] {
  const detector = compile(readRules(detections().map(({ path, text }) => ({ path, text }))));
  return lines.flatMap((line) => {
    const record = JSON.parse(line) as { Hostname: string };
    const telemetry = readTelemetry(record, { now });
    if (telemetry === undefined) throw new Error(`no format reads ${line}`);
    return detector.match(telemetry.event).map(({ rule }) => `${rule.title} on ${record.Hostname.split('.')[0]}`);
  });
}

test('our own detections tell the attack from its Windows logs, on each device that left a trace there', () => {
  const found = new Set(reported(telemetryEntries(at).map(({ line }) => line)));
  expect(found.size).toBe(demoExpectation.detectionAlerts);
  const devices = new Set([...found].map((each) => each.split(' on ').at(-1)?.toUpperCase()));
  for (const device of ['FIN-WS-07', 'HLP-WS-02', 'ENG-WS-03', 'FS-01', 'BKP-01', 'DC-01']) {
    expect([...devices]).toContain(device);
  }
});

test('and nothing of ordinary days', () => {
  expect(reported(everydayTelemetry(at).map(({ line }) => line))).toEqual([]);
});
