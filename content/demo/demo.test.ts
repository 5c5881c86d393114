import { describe, expect, test } from 'vitest';
import { demoBatches, demoExpectation, demoFiles } from './index.ts';

const now = new Date('2026-03-11T14:03:20Z');
const lines = (batches: { body: string }[]): string[] => batches.flatMap(({ body }) => body.trimEnd().split('\n'));
const hour = 3_600_000;

/** Every ISO instant and every time in Unix milliseconds of a line. */
function timesIn(line: string): number[] {
  const iso = line.match(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[.\d]*(Z|\+0000)/g) ?? [];
  const unix = line.match(/(?<=\brt=|"time":)\d{13}/g) ?? [];
  return [
    ...iso.map((text) => Date.parse(text.replace(/(\.\d{3})\d*/, '$1').replace('+0000', 'Z'))),
    ...unix.map(Number),
  ];
}

describe('the demo', () => {
  test('holds an attack of about 90 alerts among about 300 others', () => {
    expect(demoExpectation.attackAlerts).toBeGreaterThanOrEqual(80);
    expect(demoExpectation.attackAlerts).toBeLessThanOrEqual(105);
    expect(demoExpectation.backgroundAlerts).toBeGreaterThanOrEqual(270);
    expect(demoExpectation.backgroundAlerts).toBeLessThanOrEqual(330);
    expect(demoExpectation.devices).toHaveLength(7);
    expect(demoExpectation.users).toHaveLength(6);
    expect(demoExpectation.mailboxes).toHaveLength(2);
    const alerts = demoBatches(now).filter(({ source }) => source !== 'windowsEvent');
    expect(lines(alerts)).toHaveLength(demoExpectation.attackAlerts + demoExpectation.backgroundAlerts);
  });

  test('numbers every alert once', () => {
    const ids = [...demoExpectation.attackIds, ...demoExpectation.backgroundIds];
    expect(new Set(ids).size).toBe(demoExpectation.attackAlerts + demoExpectation.backgroundAlerts);
  });

  test('every line is JSON, or CEF in the firewall feed', () => {
    for (const { source, body } of demoBatches(now)) {
      for (const line of body.trimEnd().split('\n')) {
        if (source === 'cef') expect(line).toMatch(/^<\d+>\w{3} [ \d]\d \d\d:\d\d:\d\d fw-01 CEF:0(\|[^|]+){6}\|/);
        else expect(JSON.parse(line)).toBeTypeOf('object');
      }
    }
  });

  test('is the same for the same moment, whichever way it is cut', () => {
    expect(demoBatches(now)).toEqual(demoBatches(new Date(now.getTime() + 30_000)));
    expect(lines(demoBatches(now)).sort()).toEqual(lines(demoFiles(now)).sort());
    expect(new Set(demoBatches(now).map(({ name }) => name)).size).toBe(demoBatches(now).length);
  });

  test.each([now, new Date('2028-02-29T00:00:00Z'), new Date('2027-01-01T03:59:59Z')])(
    'ends a few minutes before %s and began within seven days',
    (when) => {
      const times = lines(demoBatches(when)).flatMap(timesIn);
      expect(times.length).toBeGreaterThan(1_000);
      const latest = Math.max(...times);
      expect(latest).toBeLessThan(when.getTime() - 60_000);
      expect(latest).toBeGreaterThan(when.getTime() - 10 * 60_000);
      expect(Math.min(...times)).toBeGreaterThan(when.getTime() - 7 * 24 * hour);
    },
  );

  test('batches follow each other in time', () => {
    const products = demoBatches(now).filter(({ source }) => source !== 'windowsEvent');
    const firsts = products.map(({ body }) => {
      const times = timesIn(body.slice(0, body.indexOf('\n')));
      return Math.max(...times);
    });
    expect(firsts).toEqual([...firsts].sort((a, b) => a - b));
  });

  test('names no real domain and no address that belongs to somebody', () => {
    const text = lines(demoBatches(now)).join('\n');
    const reserved = /^(10\.|192\.0\.2\.|198\.51\.100\.|203\.0\.113\.)/;
    const versions = /^(8\.15\.1|129\.0)/;
    const addresses = text.match(/(?<![\d.v])\d{1,3}(\.\d{1,3}){3}(?![\d.])/g) ?? [];
    expect(addresses.length).toBeGreaterThan(300);
    expect(addresses.filter((address) => !reserved.test(address) && !versions.test(address))).toEqual([]);
    const domains = text.match(/(?<=\w@|:\/\/|"(?:sni|hostname|domain)":")[a-z0-9.-]+\.[a-z]{2,}/g) ?? [];
    expect(domains.length).toBeGreaterThan(100);
    expect(domains.filter((domain) => !domain.endsWith('.example'))).toEqual([]);
    expect(text).not.toMatch(/\b[a-z0-9-]+\.(com|net|org|io|local)\b/i);
  });
});
