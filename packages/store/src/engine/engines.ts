import { type ClickHouseEngine, startClickHouse } from './clickhouse.ts';
import type { EngineLog } from './engine.ts';
import { type PostgresEngine, startPostgres } from './postgres.ts';
import { type EngineHealth, type SupervisedEngine, superviseEngine } from './supervise.ts';

/** How to reach a ClickHouse. */
export interface ClickHouseAddress {
  url: string;
  username: string;
  password: string;
  /** Left out: the account's own, `default`. */
  database?: string;
}

/** Health of one engine; `external` ones are not ours to watch. */
export type EngineReport = ({ kind: 'embedded'; pid: number | undefined } & EngineHealth) | { kind: 'external' };

/** Both engines, embedded or external. */
export interface Engines {
  /** PostgreSQL, as `postgres://…`. */
  readonly databaseUrl: string;
  readonly clickhouse: ClickHouseAddress;
  health(): { postgres: EngineReport; clickhouse: EngineReport };
  /** Stops what is embedded. Close all pools first. */
  stop(): Promise<void>;
}

/** What `startEngines` takes. */
export interface EnginesOptions {
  /** The data directory, held by the caller alone. */
  dataDir: string;
  /** An external PostgreSQL (≥ 15) in place of the embedded one (`DATABASE_URL`). */
  databaseUrl?: string | undefined;
  /** An external ClickHouse in place of the embedded one (`CLICKHOUSE_URL`), with `user:password@` in it. */
  clickhouseUrl?: string | undefined;
  log: EngineLog;
  /** Called as each embedded engine becomes ready for the first time. */
  onReady?: (name: 'PostgreSQL' | 'ClickHouse') => void;
}

/**
 * Starts the embedded engines side by side, under supervision, or takes the external ones as they are. When one fails,
 * the other is stopped again.
 *
 * @throws EngineStartError of the engine that failed; TypeError for a `clickhouseUrl` that is no URL.
 */
export async function startEngines(options: EnginesOptions): Promise<Engines> {
  const external = options.clickhouseUrl === undefined ? undefined : parseClickHouseUrl(options.clickhouseUrl);
  const started = await Promise.allSettled([
    options.databaseUrl === undefined ? supervisedPostgres(options) : undefined,
    external === undefined ? supervisedClickHouse(options) : undefined,
  ]);
  const [postgres, clickhouse] = started;
  if (postgres.status === 'rejected' || clickhouse.status === 'rejected') {
    await Promise.all(started.map((result) => (result.status === 'fulfilled' ? result.value?.stop() : undefined)));
    throw postgres.status === 'rejected' ? postgres.reason : (clickhouse as PromiseRejectedResult).reason;
  }
  const [state, events] = [postgres.value, clickhouse.value];
  return {
    databaseUrl: options.databaseUrl ?? state?.first.url ?? '',
    clickhouse: external ?? addressOf(events?.first),
    health: () => ({ postgres: reportOf(state), clickhouse: reportOf(events) }),
    async stop() {
      await Promise.all([state?.stop(), events?.stop()]);
    },
  };
}

/** Splits `http://user:password@host:port` into the parts `@clickhouse/client` takes. Throws TypeError for no URL. */
export function parseClickHouseUrl(text: string): ClickHouseAddress {
  const url = new URL(text);
  const username = decodeURIComponent(url.username) || 'default';
  const password = decodeURIComponent(url.password);
  url.username = '';
  url.password = '';
  return { url: url.toString().replace(/\/$/, ''), username, password };
}

function supervisedPostgres({ dataDir, log, onReady }: EnginesOptions): Promise<SupervisedEngine<PostgresEngine>> {
  return superviseEngine(
    'PostgreSQL',
    async (previous) => {
      const engine = await startPostgres({ dataDir, log, ...(previous === undefined ? {} : { port: previous.port }) });
      if (previous === undefined) onReady?.('PostgreSQL');
      return engine;
    },
    log,
  );
}

function supervisedClickHouse({ dataDir, log, onReady }: EnginesOptions): Promise<SupervisedEngine<ClickHouseEngine>> {
  return superviseEngine(
    'ClickHouse',
    async (previous) => {
      const again = previous === undefined ? {} : { port: previous.port, password: previous.password };
      const engine = await startClickHouse({ dataDir, log, ...again });
      if (previous === undefined) onReady?.('ClickHouse');
      return engine;
    },
    log,
  );
}

function addressOf(engine: ClickHouseEngine | undefined): ClickHouseAddress {
  return { url: engine?.url ?? '', username: engine?.username ?? '', password: engine?.password ?? '' };
}

function reportOf(engine: SupervisedEngine<PostgresEngine | ClickHouseEngine> | undefined): EngineReport {
  return engine === undefined ? { kind: 'external' } : { kind: 'embedded', pid: engine.pid(), ...engine.health() };
}
