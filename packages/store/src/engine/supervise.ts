import type { EngineExit, EngineLog, RunningEngine } from './engine.ts';

/** Where a supervised engine stands. */
export type EngineStatus = 'ready' | 'restarting' | 'failed';

/** An engine's health as the health page shows it. */
export interface EngineHealth {
  status: EngineStatus;
  /** How often it was started again after it had ended by itself. */
  restarts: number;
  lastError: string | undefined;
  /** When it came into this status, ISO 8601, UTC. */
  since: string;
}

/** An engine that is started again whenever it ends unasked. */
export interface SupervisedEngine<Engine extends RunningEngine> {
  /** The engine of the first start; after a restart only its process differs, its address and password do not. */
  readonly first: Engine;
  /** Process id of the engine that runs now; `undefined` while it restarts. */
  pid(): number | undefined;
  health(): EngineHealth;
  /** Ends supervision and the engine. */
  stop(): Promise<void>;
}

/** How supervision paces itself, in ms. */
export interface Pacing {
  /** Wait before the first restart; doubled after each start that fails. */
  firstWait: number;
  longestWait: number;
  /** Failed starts in a row after which the status says `failed`; attempts go on. */
  failuresUntilFailed: number;
}

const PACING: Pacing = { firstWait: 100, longestWait: 30_000, failuresUntilFailed: 5 };
// An engine that ends within this time of its start counts as a start that failed.
const STEADY_MS = 10_000;

/**
 * Starts an engine and keeps it running: when it ends unasked it is started again, at growing intervals while that
 * fails. A failure of the first start is the caller's; none after that ever throws.
 *
 * @param name for the log.
 * @param start starts the engine; gets the first engine on a restart, to use its address and password again.
 */
export async function superviseEngine<Engine extends RunningEngine>(
  name: string,
  start: (previous?: Engine) => Promise<Engine>,
  log: EngineLog,
  pacing: Pacing = PACING,
): Promise<SupervisedEngine<Engine>> {
  const first = await start();
  let current: Engine | undefined = first;
  let startedAt = Date.now();
  let failures = 0;
  let timer: NodeJS.Timeout | undefined;
  let attempt: Promise<void> | undefined;
  let stopping = false;
  const health: EngineHealth = { status: 'ready', restarts: 0, lastError: undefined, since: new Date().toISOString() };

  const become = (status: EngineStatus) => {
    if (health.status !== status) health.since = new Date().toISOString();
    health.status = status;
  };
  const retryLater = (error: string) => {
    health.lastError = error;
    become(failures >= pacing.failuresUntilFailed ? 'failed' : 'restarting');
    const wait = Math.min(pacing.firstWait * 2 ** failures, pacing.longestWait);
    log.error(`${name} ${error}; starting it again in ${wait} ms`);
    timer = setTimeout(() => {
      attempt = restart();
    }, wait);
  };
  const watch = (engine: Engine) => {
    engine.onExit((exit) => {
      if (stopping || current !== engine) return;
      current = undefined;
      failures = Date.now() - startedAt < STEADY_MS && health.restarts > 0 ? failures + 1 : 0;
      retryLater(`ended unasked (${describe(exit)})`);
    });
  };
  const restart = async () => {
    try {
      const engine = await start(first);
      current = engine;
      startedAt = Date.now();
      health.restarts += 1;
      become('ready');
      log.info(`${name} is ready again`);
      watch(engine);
    } catch (error) {
      failures += 1;
      if (!stopping) retryLater(`did not start: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  watch(first);
  return {
    first,
    pid: () => current?.pid,
    health: () => ({ ...health }),
    async stop() {
      stopping = true;
      clearTimeout(timer);
      await attempt;
      await current?.stop();
    },
  };
}

function describe({ code, signal }: EngineExit): string {
  return signal === null ? `exit code ${code}` : signal;
}
