import { statfs } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { defaultTenant, health } from '@throughline/model';
import { countWaitingBatches, type Db, databaseFacts, readLedger, shippedMigrations } from '@throughline/store';
import { dataDirectoryPath, MIN_FREE_BYTES } from '../launch/data-directory.ts';
import { readLocalAccess } from '../local-access.ts';
import { projectRoot, projectVersion } from '../project.ts';
import { processesOn } from './engine-processes.ts';
import { withLocalDatabase } from './local-database.ts';
import { grouped } from './progress-bar.ts';
import type { Verb } from './verb.ts';

type Finding = { ok: boolean; text: string };

/** `throughline doctor`: looks at everything that may be wrong; answers 1 when something is. */
export const doctorVerb: Verb = {
  usage: '',
  async run(args) {
    parseArgs({ args, options: {} });
    const dataDir = dataDirectoryPath(projectRoot, process.env);
    // Before the database is opened: starting the engines would tidy left-over ones away.
    const findings = [await runtime(), await disk(dataDir), ...(await server(dataDir))];
    findings.push(...(await withLocalDatabase(async ({ db }) => database(db)).catch(unreachable)));
    for (const { ok, text } of findings) console.log(`${ok ? '✓' : '✗'} ${text}`);
    return findings.every(({ ok }) => ok) ? 0 : 1;
  },
};

async function runtime(): Promise<Finding> {
  const ok = Number(process.versions.node.split('.')[0]) >= 24;
  return { ok, text: `Throughline ${await projectVersion()} on Node ${process.versions.node}, ${process.platform}` };
}

async function disk(dataDir: string): Promise<Finding> {
  const room = await statfs(dataDir).catch(() => undefined);
  if (room === undefined) return { ok: true, text: `Data directory ${dataDir} does not exist yet` };
  const free = room.bavail * room.bsize;
  const text = `Data directory ${dataDir}: ${(free / 1024 ** 3).toFixed(1)} GB free`;
  return { ok: free >= 4 * MIN_FREE_BYTES, text };
}

async function server(dataDir: string): Promise<Finding[]> {
  const [running, processes] = await Promise.all([readLocalAccess(dataDir), processesOn(dataDir)]);
  if (running === undefined) {
    const left = processes.map(({ pid, command }) => `${pid} (${command.slice(0, 80)})`).join(', ');
    return [
      { ok: true, text: 'No server runs' },
      { ok: left === '', text: left === '' ? 'No left-over process' : `Left over from an earlier server: ${left}` },
    ];
  }
  const answer = await fetch(new URL('/api/health', running.url));
  const report = health.parse(await answer.json());
  const engines = Object.entries(report.engines).map(([name, { status, restarts, lastError }]) => ({
    ok: status === 'ready',
    text: `${name} ${status}, restarted ${restarts} times${lastError === null ? '' : `: ${lastError}`}`,
  }));
  return [
    { ok: report.status === 'ready', text: `Server ${report.version} at ${running.url} is ${report.status}` },
    ...engines,
  ];
}

async function database(db: Db): Promise<Finding[]> {
  const [{ version, migrations }, shipped, ledger, waiting] = await Promise.all([
    databaseFacts(db),
    shippedMigrations(),
    readLedger(db, defaultTenant),
    countWaitingBatches(db, 1_000_000),
  ]);
  const missing = shipped.filter(({ name }) => !migrations.includes(name)).map(({ name }) => name);
  return [
    { ok: Number.parseInt(version, 10) >= 15, text: `PostgreSQL ${version}` },
    {
      ok: missing.length === 0,
      text: missing.length === 0 ? `${migrations.length} migrations applied` : `Not applied: ${missing.join(', ')}`,
    },
    { ok: ledger.balanced, text: ledger.balanced ? 'The ledger balances' : 'The ledger does NOT balance' },
    { ok: true, text: `${grouped(waiting)} accepted batches wait` },
  ];
}

function unreachable(error: Error): Finding[] {
  return [{ ok: false, text: `The database cannot be opened: ${error.message}` }];
}
