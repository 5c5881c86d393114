import { compile, readRules } from '@throughline/detect';
import { readTelemetry } from '@throughline/intake';
import { describe, expect, test } from 'vitest';
import { detections } from './pack.ts';

const pack = detections();
const now = new Date('2026-03-12T00:00:00Z');
const all = readRules(pack.map(({ path, text }) => ({ path, text })));

/** How often the first rule of a file reports the records, one after another. */
function reports(text: string, path: string, records: readonly unknown[]): number {
  const set = readRules([{ path, text }]);
  const { id } = [...set.correlations, ...set.rules][0] ?? {};
  const detector = compile(set);
  return records.flatMap((record) => {
    const telemetry = readTelemetry(record, { now });
    if (telemetry === undefined)
      throw new Error(`no format of telemetry reads ${JSON.stringify(record).slice(0, 200)}`);
    return detector.match(telemetry.event).filter(({ rule }) => rule.id === id);
  }).length;
}

describe('the detections we ship', () => {
  test('are many, compile, and tell each other apart', () => {
    expect(all.faults).toEqual([]);
    const rules = [...all.rules, ...all.correlations];
    expect(rules.length).toBeGreaterThanOrEqual(110);
    expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
    expect(new Set(rules.map(({ title }) => title)).size).toBe(rules.length);
  });

  test('belong somewhere in ATT&CK and say what looks the same', () => {
    for (const rule of [...all.rules, ...all.correlations]) {
      expect(rule.tactics.length, rule.title).toBeGreaterThan(0);
      expect(rule.techniques.length, rule.title).toBeGreaterThan(0);
      expect(rule.falsePositives.length, rule.title).toBeGreaterThan(0);
      expect(rule.author).toBe('The Throughline authors');
    }
  });

  test.each(pack)('$path reports its samples and not the near misses', ({ path, text, samples }) => {
    expect(samples.matches.length).toBeGreaterThan(0);
    expect(samples.nearMisses.length).toBeGreaterThan(0);
    if (text.includes('\ncorrelation:')) {
      expect(reports(text, path, samples.matches)).toBeGreaterThan(0);
      expect(reports(text, path, samples.nearMisses)).toBe(0);
    } else {
      for (const record of samples.matches) expect(reports(text, path, [record])).toBe(1);
      for (const record of samples.nearMisses) expect(reports(text, path, [record])).toBe(0);
    }
  });
});
