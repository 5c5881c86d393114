import { clockEndingAt } from './clock.ts';
import { attackEntries, backgroundEntries, inOrder, telemetryEntries } from './entries.ts';
import { type Entry, type Feed, feeds } from './entry.ts';

/** What one product sent at one go. `source` names the intake format; `body` is in the product's own shape, one record a line. */
export type DemoBatch = { source: Feed; name: string; body: string };

/**
 * The demo attack and its background as the products would have sent them, in the order of time: each batch holds the
 * alerts that one product raised before another one spoke, and the last one the Windows logs of these days. The last alert
 * is 4 to 5 minutes before `now`.
 *
 * Vendors' ids do not depend on `now`. Sensors that give no id (Suricata) are told apart by time, so load a second time
 * with the `now` of the first and nothing is stored twice.
 */
export function demoBatches(now: Date): DemoBatch[] {
  const at = clockEndingAt(now);
  const batches: { source: Feed; lines: string[] }[] = [];
  for (const { feed, line } of inOrder([...attackEntries(at), ...backgroundEntries(at)])) {
    const last = batches.at(-1);
    if (last?.source === feed) last.lines.push(line);
    else batches.push({ source: feed, lines: [line] });
  }
  batches.push({ source: 'windowsEvent', lines: telemetryEntries(at).map(({ line }) => line) });
  return batches.map(({ source, lines }, index) => ({
    source,
    name: `${String(index + 1).padStart(3, '0')}-${source}.${feeds[source]}`,
    body: `${lines.join('\n')}\n`,
  }));
}

/** The same alerts as one file for each product, for a folder that somebody wants to look at or ingest by hand. */
export function demoFiles(now: Date): DemoBatch[] {
  const at = clockEndingAt(now);
  const entries = inOrder([...attackEntries(at), ...backgroundEntries(at), ...telemetryEntries(at)]);
  return (Object.keys(feeds) as Feed[]).map((source) => ({
    source,
    name: `${source}.${feeds[source]}`,
    body: `${linesOf(entries, source).join('\n')}\n`,
  }));
}

function linesOf(entries: Entry[], feed: Feed): string[] {
  return entries.filter((entry) => entry.feed === feed).map((entry) => entry.line);
}
