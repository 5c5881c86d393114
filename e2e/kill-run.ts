import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { defaultConfig } from '@throughline/correlate';
import { defaultTenant, type Ledger } from '@throughline/model';
import { connect } from '@throughline/store';
import { readLocalAccess } from '../apps/server/src/local-access.ts';
import { rebuildState } from '../apps/server/src/pipeline/rebuild.ts';
import { mulberry32 } from './generate-alerts.ts';
import { freePort, type ServerProcess, startServer } from './server-process.ts';

/** What a server holds in the end: where every alert is and why, every incident, and the ledger. */
export type Outcome = {
  alerts: { id: string; incident: number; origin: number; decision: unknown }[];
  incidents: Record<string, unknown>[];
  ledger: Ledger;
  /** Of all that correlation remembers, as a server that starts now reads it from the database. */
  stateHash: string;
  kills: number;
  /** Requests that had to be sent again. */
  retries: number;
};

/**
 * Sends the bodies one after the other to a real server on its own data directory, each until it is acknowledged, while
 * the server is killed (SIGKILL) `kills` times at random moments and started again. Resolves when all is processed.
 */
export async function killRun(bodies: readonly string[], kills: number, seed: number): Promise<Outcome> {
  const dataDir = await mkdtemp(join(tmpdir(), 'throughline-kill-'));
  const port = await freePort();
  let server = await startServer({ dataDir, port });
  try {
    const printed = await server.cli('token', 'create', '--scope', 'intake,read', '--name', 'kill');
    const authorization = `Bearer ${printed.trim().split(/\s+/).at(-1)}`;
    const killer = killSchedule(kills, bodies.length, seed, async () => {
      await server.kill();
      server = await startServer({ dataDir, port });
    });
    let retries = 0;
    for (const [index, body] of bodies.entries()) {
      killer.sending(index);
      while (!(await send(`${server.url}/api/intake/graph`, body, authorization))) {
        retries++;
        killer.check();
        await sleep(50);
      }
    }
    await killer.done();
    const ledger = await settled(server, authorization);
    return { ...(await read(dataDir)), ledger, kills: killer.count(), retries };
  } finally {
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** Kills spread over the run: one in each of `kills` equal stretches, up to 150 ms after a randomly chosen body is sent. */
function killSchedule(kills: number, bodies: number, seed: number, kill: () => Promise<void>) {
  const random = mulberry32(seed);
  const stretch = bodies / kills;
  const at = new Set(Array.from({ length: kills }, (_, i) => Math.floor((i + random()) * stretch)));
  let killing: Promise<void> | null = null;
  let failure: Error | null = null;
  let due = 0;
  let count = 0;
  const killWhenDue = () => {
    if (failure) throw failure;
    if (due === 0 || killing) return;
    due--;
    killing = sleep(random() * 150)
      .then(kill)
      .then(
        () => {
          count++;
          killing = null;
        },
        (error: Error) => {
          failure = error;
        },
      );
  };
  return {
    sending(index: number): void {
      if (at.has(index)) due++;
      killWhenDue();
    },
    /** Throws when the server could not be started again. */
    check(): void {
      if (failure) throw failure;
    },
    async done(): Promise<void> {
      for (; due > 0 || killing; killWhenDue()) await killing;
    },
    count: () => count,
  };
}

async function send(url: string, body: string, authorization: string): Promise<boolean> {
  const headers = { authorization, 'content-type': 'application/json' };
  const answer = await fetch(url, { method: 'POST', headers, body }).catch(() => null);
  if (answer && answer.status !== 202 && answer.status < 500) {
    throw new Error(`intake answered ${answer.status}: ${await answer.text()}`);
  }
  return answer?.status === 202;
}

async function settled(server: ServerProcess, authorization: string): Promise<Ledger> {
  for (;;) {
    const answer = await fetch(`${server.url}/api/ledger`, { headers: { authorization } });
    const ledger = (await answer.json()) as Ledger;
    if (ledger.sources.every(({ pending }) => pending === 0)) return ledger;
    await sleep(100);
  }
}

async function read(dataDir: string): Promise<Pick<Outcome, 'alerts' | 'incidents' | 'stateHash'>> {
  const access = await readLocalAccess(dataDir);
  if (!access) throw new Error('the server does not answer');
  const db = connect(access.databaseUrl, { max: 1, log: console });
  try {
    const alerts = await db
      .selectFrom('alert')
      .select(['id', 'incident_id as incident', 'origin_incident_id as origin', 'decision'])
      .orderBy('seq')
      .execute();
    const incidents = await db
      .selectFrom('incident')
      .select(['id', 'kind', 'display_name', 'severity', 'status', 'priority_score', 'facts', 'redirect_to'])
      .select(['alerts_total', 'alerts_active', 'devices', 'users', 'tactic_mask', 'first_activity', 'last_activity'])
      .orderBy('id')
      .execute();
    // All is processed: reading beside the writer reads what it would.
    const { correlator } = await rebuildState(db, defaultTenant, defaultConfig);
    return { alerts, incidents, stateHash: correlator.stateHash() };
  } finally {
    await db.destroy();
  }
}

/** Intake bodies of `perBody` alerts each. */
export function bodiesOf(alerts: Iterable<unknown>, perBody: number): string[] {
  const all = [...alerts];
  const bodies: string[] = [];
  for (let i = 0; i < all.length; i += perBody) bodies.push(JSON.stringify(all.slice(i, i + perBody)));
  return bodies;
}
