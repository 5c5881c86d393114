import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');
const shared = resolve(root, '../shared');
const scripts = join(shared, 'bench/correlation');
const out = join(root, 'bench/out/correlation');

export type Track = {
  name: string;
  layout: string;
  seed: number;
  alerts: string;
  truth: string;
  folder: string;
  /** Whether the recording holds false alerts. */
  noisy: boolean;
};

/** Whether the recordings and scripts of the correlation benchmark are there. */
export function tracksAvailable(): boolean {
  return existsSync(join(scripts, 'make-ait.mjs')) && existsSync(join(shared, 'data/ait-ads'));
}

/** Four recorded networks laid over each other in one tenant; generated once, kept under bench/out. */
export function alertTrack(layout: 'random' | 'concurrent', seed: number): Track {
  const options = ['--collapse', '60', '--layout', layout];
  return made({ name: 'A', layout, seed, noisy: true }, 'make-ait.mjs', 'data/ait-ads', options);
}

/** Five teams attacking copies of one network at the same hours. */
export function vendorTrack(mode: 'easy' | 'hard', seed: number): Track {
  const stages = join(shared, 'data/cptc-2017/signature-stages.json');
  const options = ['--mode', mode, '--signatures', stages];
  return made({ name: 'C', layout: mode, seed, noisy: false }, 'make-cptc.mjs', 'data/cptc-2017', options);
}

function made(
  track: Pick<Track, 'name' | 'layout' | 'seed' | 'noisy'>,
  script: string,
  data: string,
  options: string[],
): Track {
  const folder = join(out, `${track.name}-${track.layout}-${track.seed}`.toLowerCase());
  const alerts = join(folder, 'alerts.ndjson');
  const truth = join(folder, 'truth.ndjson');
  if (!existsSync(truth)) {
    run(script, ['--data', join(shared, data), '--out', folder, '--seed', String(track.seed), ...options]);
  }
  return { ...track, alerts, truth, folder };
}

/** The official score of an assignment file, as the scorer's JSON. */
export function score(track: Track, assignments: string): Score {
  return JSON.parse(run('score.mjs', ['--assignments', assignments, '--truth', track.truth, '--json'])) as Score;
}

/** Scores of the naive rules on a track, by name. */
export function baselineScores(track: Track): Map<string, Score> {
  const folder = join(track.folder, 'baselines');
  const rules = ['host-5min', 'host-1h', 'tenant-5min', 'any-shared-entity-24h'];
  if (!existsSync(join(folder, 'tenant-5min.ndjson')))
    run('baselines.mjs', ['--alerts', track.alerts, '--out', folder]);
  return new Map(rules.map((rule) => [rule, score(track, join(folder, `${rule}.ndjson`))]));
}

export type Grain = {
  attack: { precision: number; recall: number; f1: number };
  contamination: number | null;
  fragmentation: number;
  headline: number;
};

export type Score = {
  incidents: number;
  headline: number | null;
  headlineCore: number | null;
  headlineCoreChain: number | null;
  labels: Record<string, { scenario: Grain; chain: Grain }>;
};

function run(script: string, options: string[]): string {
  const done = spawnSync(process.execPath, [join(scripts, script), ...options], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (done.status !== 0) throw new Error(`${script}: ${done.stderr}`);
  return done.stdout;
}
