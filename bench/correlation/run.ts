import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CorrelationConfig, Correlator, defaultConfig, reorder } from '@throughline/correlate';
import { figure, printTable } from '../table.ts';
import { type Given, readAlerts } from './read-alerts.ts';
import { alertTrack, baselineScores, type Score, score, type Track, tracksAvailable, vendorTrack } from './tracks.ts';

const seeds = [1, 2, 3];

/** Correlation accuracy on the recorded tracks, every layout and seed, beside the naive rules. */
export function benchCorrelation(): void {
  if (!tracksAvailable()) {
    console.log('correlation: skipped, the recordings are not beside the project (../shared)');
    return;
  }
  for (const layout of ['random', 'concurrent'] as const) {
    printTable(
      `Correlation, Track A, ${layout} layout`,
      head,
      seeds.flatMap((seed) => alertRows(alertTrack(layout, seed))),
    );
  }
  const vendor = (['easy', 'hard'] as const).map((mode) => {
    const track = vendorTrack(mode, 1);
    const { attack } = (measure(track).labels.time as Score['labels'][string]).scenario;
    return [mode, figure(attack.f1, 3), figure(attack.precision, 3), figure(attack.recall, 3)];
  });
  printTable('Correlation, Track C', ['mode', 'F1', 'pair precision', 'pair recall'], vendor);
}

const head = ['rule', 'seed', 'core', 'core/chain', 'pair precision', 'pair recall', 'contamination', 'incidents'];

function alertRows(track: Track): string[][] {
  const rows = [row('Throughline', track, measure(track))];
  for (const [rule, result] of baselineScores(track)) rows.push(row(rule, track, result));
  return rows;
}

function row(rule: string, { seed }: Track, result: Score): string[] {
  const { attack, contamination } = (result.labels.core as Score['labels'][string]).chain;
  const cells = [result.headlineCore, result.headlineCoreChain, attack.precision, attack.recall, contamination];
  return [rule, String(seed), ...cells.map((cell) => figure(cell ?? 0, 3)), figure(result.incidents)];
}

/** Runs the correlator over a track and scores what it made of it. */
export function measure(track: Track, config: CorrelationConfig = defaultConfig): Score {
  const file = join(track.folder, 'throughline.ndjson');
  writeFileSync(file, assignments(readAlerts(track.alerts), config));
  return score(track, file);
}

function assignments(given: readonly Given[], config: CorrelationConfig): string {
  const correlator = new Correlator(config);
  for (const observation of reorder(given.map((alert) => alert.observation))) correlator.decide(observation);
  return given
    .map(
      ({ id, observation: { alertId } }) =>
        `${JSON.stringify({ alertId: id, incidentId: correlator.incidentOf(alertId) })}\n`,
    )
    .join('');
}

if (import.meta.main) benchCorrelation();
