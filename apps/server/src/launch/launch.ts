import { EngineStartError, type Engines, startEngines } from '@throughline/store/engine';
import { buildPortal, portalState } from './build-portal.ts';
import { type DataDirectory, dataDirectoryPath, openDataDirectory } from './data-directory.ts';
import { refuseTakenPort } from './free-port.ts';
import { LaunchError } from './launch-error.ts';
import { asStep, type Progress } from './progress.ts';
import { createShutdown, type StopHook } from './shutdown.ts';

/** What `launch` takes. */
export interface LaunchOptions {
  /** The project root: where `apps/portal` is, and `.throughline` unless `THROUGHLINE_DATA_DIR` says otherwise. */
  root: string;
  /** The running version of Throughline. */
  version: string;
  /** Address to be listened on; looked at early, so that a taken port is known before anything slow. */
  host: string;
  port: number;
  /** `THROUGHLINE_DATA_DIR`, `DATABASE_URL` and `CLICKHOUSE_URL` are read from here. */
  env: NodeJS.ProcessEnv;
  progress: Progress;
  /** Engine messages; a pino logger fits. */
  log: { info(message: string): void; warn(message: string): void; error(message: string): void };
  /** Build the portal when it is missing or old; true when left out. */
  portal?: boolean;
  /** SIGINT and SIGTERM stop the server and end the process; true when left out. */
  signals?: boolean;
}

/** A launched server without its HTTP part. */
export interface Launched {
  /** Absolute path of the data directory. */
  dataDir: string;
  engines: Engines;
  /** Tells a second server on this directory where this one listens. */
  announce(address: string): Promise<void>;
  /** Adds something to stop; the last added stops first, the engines and the lock last. */
  onStop(hook: StopHook): void;
  /** Stops everything in order, within 5 s. Resolves false when that was not enough. */
  stop(): Promise<boolean>;
}

/**
 * Takes the data directory, starts both engines and builds the portal when needed, side by side.
 *
 * @throws LaunchError or EngineStartError, worded for the person who starts the server; what had begun is stopped.
 */
export async function launch(options: LaunchOptions): Promise<Launched> {
  const { env, log, progress, root } = options;
  const shutdown = createShutdown({ warn: (message) => log.warn(message) });
  if (options.signals !== false) shutdown.listenToSignals();
  try {
    const path = dataDirectoryPath(root, env);
    const directory = await asStep(progress, `Data directory ${path}`, () =>
      openDataDirectory({ path, version: options.version }),
    );
    shutdown.onStop({ name: 'data directory', stop: () => directory.release() });
    await refuseTakenPort(options.host, options.port);
    const [engines] = await allOrFirstError([
      startBoth(directory, options).then((started) => {
        shutdown.onStop({ name: 'engines', stop: () => started.stop() });
        return started;
      }),
      options.portal === false ? undefined : preparePortal(root, progress),
    ]);
    return {
      dataDir: directory.path,
      engines,
      announce: directory.announce,
      onStop: shutdown.onStop,
      stop: shutdown.stop,
    };
  } catch (error) {
    await shutdown.stop();
    throw error;
  }
}

/** Whether an error is worded for the person who starts the server, so that no stack trace is wanted. */
export function isLaunchFailure(error: unknown): error is Error {
  return error instanceof LaunchError || error instanceof EngineStartError;
}

async function startBoth(directory: DataDirectory, { env, log, progress }: LaunchOptions): Promise<Engines> {
  const databaseUrl = env.DATABASE_URL || undefined;
  const clickhouseUrl = env.CLICKHOUSE_URL || undefined;
  const steps = {
    PostgreSQL: databaseUrl === undefined ? progress.begin('PostgreSQL') : undefined,
    ClickHouse: clickhouseUrl === undefined ? progress.begin('ClickHouse') : undefined,
  };
  try {
    return await startEngines({
      dataDir: directory.path,
      databaseUrl,
      clickhouseUrl,
      log,
      onReady: (name) => steps[name]?.done(`${name} ready`),
    });
  } catch (error) {
    steps.PostgreSQL?.failed();
    steps.ClickHouse?.failed();
    throw error;
  }
}

async function preparePortal(root: string, progress: Progress): Promise<void> {
  if ((await portalState(root)) === 'stale') await asStep(progress, 'Portal built', () => buildPortal(root));
}

// Waits for both even when one fails, so that nothing is still starting while what had begun is stopped.
async function allOrFirstError<T extends unknown[]>(work: [...T]): Promise<{ [K in keyof T]: Awaited<T[K]> }> {
  await Promise.allSettled(work);
  return Promise.all(work);
}
