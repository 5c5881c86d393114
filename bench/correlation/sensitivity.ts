import { type CorrelationConfig, defaultConfig } from '@throughline/correlate';
import { figure, printTable } from '../table.ts';
import { measure } from './run.ts';
import { alertTrack, tracksAvailable, vendorTrack } from './tracks.ts';

/** Every number that shapes decisions, by its path in the configuration. */
const parameters = [
  'backgroundBelow',
  'joinAt',
  'mergeAt',
  'assetTime',
  'burst',
  'moment',
  'maxRarity',
  'secondShare',
  'detectorMargin',
  'maxAssetLink',
  'explained.witnesses',
  'explained.time',
  'repeatTime',
  'maxAlerts',
  'artefactOccasion.episodeGap',
  'affinity.weight',
  'affinity.prior',
  'tenantTime.weight',
  'tenantTime.decay',
  'tenantTime.halfSize',
  'tenantTime.halfEchoes',
  'tenantTime.halfLife',
  'hub.free',
  'stage',
  'duty.episodeGap',
  'duty.episodeMax',
  'duty.memory',
  'duty.priorHours',
  'duty.priorObserved',
];

/** What half and double of each parameter does to core/chain, contamination and pair precision on Track A, seed 1, both layouts, and to F1 on Track C. */
export function benchSensitivity(): void {
  if (!tracksAvailable()) {
    console.log('sensitivity: skipped, the recordings are not beside the project (../shared)');
    return;
  }
  const rows = [['as shipped', ...cells(defaultConfig), ...cells(defaultConfig)]];
  for (const path of parameters) {
    rows.push([path, ...cells(scaled(path, 0.5)), ...cells(scaled(path, 2))]);
  }
  const columns = ['core/chain', 'contamination', 'precision', 'C'];
  printTable(
    'Sensitivity, Track A, mean of both layouts: half, then double',
    ['parameter', ...columns, ...columns],
    rows,
  );
}

function cells(config: CorrelationConfig): string[] {
  const scores = (['random', 'concurrent'] as const).map((layout) => measure(alertTrack(layout, 1), config));
  const mean = (values: number[]) => figure(values.reduce((sum, value) => sum + value, 0) / values.length, 3);
  const chains = scores.map((score) => score.labels.core?.chain);
  const vendor = measure(vendorTrack('hard', 1), config).labels.time?.scenario.attack.f1 ?? 0;
  return [
    mean(scores.map((score) => score.headlineCoreChain ?? 0)),
    mean(chains.map((chain) => chain?.contamination ?? 0)),
    mean(chains.map((chain) => chain?.attack.precision ?? 0)),
    figure(vendor, 3),
  ];
}

/** The shipped configuration with the number at `path` times `factor`. */
function scaled(path: string, factor: number): CorrelationConfig {
  const config = structuredClone(defaultConfig);
  const keys = path.split('.');
  const last = keys.pop() ?? '';
  let at = config as unknown as Record<string, unknown>;
  for (const key of keys) at = at[key] as Record<string, unknown>;
  at[last] = (at[last] as number) * factor;
  return config;
}

if (import.meta.main) benchSensitivity();
