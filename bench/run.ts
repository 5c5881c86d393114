// `npm run bench [section …]`: every measurement, or the sections named. Read the ratios; absolute figures are this machine's.
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres } from '@throughline/store/engine';
import { benchCorrelationCost } from './correlation/cost.ts';
import { benchCorrelation } from './correlation/run.ts';
import { benchDetect } from './detection/run.ts';
import { benchEvents } from './events.ts';
import { benchFlood } from './flood.ts';
import { benchIntake } from './intake.ts';
import { benchKql } from './kql/compile-time.ts';
import { benchKqlConformance } from './kql/conformance.ts';
import { benchLatency } from './latency.ts';
import { benchPipeline } from './pipeline.ts';
import { benchPortal } from './portal.ts';
import { benchQueue } from './queue.ts';
import { benchRearrange } from './rearrange.ts';
import { benchRebuild } from './rebuild.ts';
import { benchScope } from './scope.ts';
import { benchStart } from './start.ts';
import { benchTuning } from './tuning.ts';

const sections: Record<string, () => Promise<void> | void> = {
  start: benchStart,
  intake: () => benchIntake(),
  pipeline: () => benchPipeline(),
  flood: () => benchFlood(),
  latency: () => benchLatency(),
  rearrange: () => benchRearrange(),
  rebuild: () => benchRebuild(),
  events: benchEvents,
  cost: () => benchCorrelationCost(),
  tuning: benchTuning,
  correlation: benchCorrelation,
  detect: benchDetect,
  queue: () => withPostgres(benchQueue),
  scope: () => withPostgres((url) => benchScope(url)),
  portal: benchPortal,
  kql: benchKql,
  'kql-conformance': benchKqlConformance,
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !Object.hasOwn(sections, name));
if (unknown.length > 0) {
  console.error(`There is no section ${unknown.join(', ')}. Sections: ${Object.keys(sections).join(', ')}.`);
  process.exit(2);
}
console.log(`Node ${process.version}, ${availableParallelism()} × ${cpus()[0]?.model ?? 'unknown processor'}`);
for (const [name, run] of Object.entries(sections)) {
  if (asked.length === 0 || asked.includes(name)) await run();
}

/** An embedded PostgreSQL of its own for a measurement, gone afterwards. */
async function withPostgres(measure: (url: string) => Promise<void>): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'throughline-bench-'));
  const postgres = await startPostgres({ dataDir, log: console });
  try {
    await measure(postgres.url);
  } finally {
    await postgres.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}
