import { connect, type Db, ensureFirstAccount, migrate } from '@throughline/store';
import { pino } from 'pino';
import { dataDirectoryPath } from '../launch/data-directory.ts';
import { launch } from '../launch/launch.ts';
import { createProgress } from '../launch/progress.ts';
import { readLocalAccess } from '../local-access.ts';
import { projectRoot, projectVersion } from '../project.ts';
import { readSettings } from '../settings.ts';

/** The database of this machine's Throughline, for a verb that works beside or without a running server. */
export type LocalDatabase = {
  db: Db;
  dataDir: string;
  /** Address of the running server; undefined when none runs. */
  serverUrl: string | undefined;
  /** Where sign-in links lead: the public URL, else the server's, else where it would listen. */
  baseUrl: string;
  /** Closes what was opened; engines that were started for this verb stop. */
  close(): Promise<void>;
};

/**
 * Opens the database: that of the running server, else the one `DATABASE_URL` names, else the embedded engines are
 * started for as long as this verb works (progress on standard error).
 *
 * @throws LaunchError, EngineStartError, MigrationError.
 */
export async function openLocalDatabase(env: NodeJS.ProcessEnv = process.env): Promise<LocalDatabase> {
  const dataDir = dataDirectoryPath(projectRoot, env);
  const { host, port, publicUrl } = readSettings(env);
  const running = await readLocalAccess(dataDir);
  const own = running === undefined && !env.DATABASE_URL ? await startEnginesOnly(env) : undefined;
  const databaseUrl = running?.databaseUrl ?? own?.engines.databaseUrl ?? env.DATABASE_URL ?? '';
  if (running === undefined) await migrate(databaseUrl);
  const db = connect(databaseUrl, { max: 4, log: { warn: () => {} } });
  if (running === undefined) await ensureFirstAccount(db);
  return {
    db,
    dataDir,
    serverUrl: running?.url,
    baseUrl: publicUrl?.toString() ?? running?.url ?? `http://${host}:${port}`,
    async close() {
      await db.destroy();
      await own?.stop();
    },
  };
}

/** Opens the database for `work` and closes it whatever happens. */
export async function withLocalDatabase<T>(work: (local: LocalDatabase) => Promise<T>): Promise<T> {
  const local = await openLocalDatabase();
  try {
    return await work(local);
  } finally {
    await local.close();
  }
}

async function startEnginesOnly(env: NodeJS.ProcessEnv) {
  return launch({
    root: projectRoot,
    version: await projectVersion(),
    host: '127.0.0.1',
    port: 0,
    env,
    progress: createProgress(process.stderr),
    log: pino({ level: 'silent' }),
    portal: false,
  });
}
