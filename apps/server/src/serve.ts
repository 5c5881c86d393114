import { join } from 'node:path';
import { connect, type Db, ensureFirstAccount, intakeChannel, listen, migrate, pingDatabase } from '@throughline/store';
import type { Logger } from 'pino';
import { createApp } from './api/app.ts';
import { startLiveFeed } from './api/live-feed.ts';
import { healthReport } from './health-report.ts';
import { listenHttp } from './http/http-server.ts';
import { readMappings } from './intake/mappings.ts';
import { intakeLimits } from './intake/take-body.ts';
import type { Launched } from './launch/launch.ts';
import { asStep, type Progress } from './launch/progress.ts';
import { writeLocalAccess } from './local-access.ts';
import { startPipeline } from './pipeline/pipeline.ts';
import { portalFiles } from './portal/portal-files.ts';
import { projectRoot } from './project.ts';
import type { Settings } from './settings.ts';

/** What `serve` takes. */
export type ServeOptions = {
  launched: Launched;
  settings: Settings;
  version: string;
  progress: Progress;
  log: Logger;
};

/** A server that answers. */
export type Serving = { url: string; db: Db };

const clock = () => new Date();

/**
 * Brings the database up to date, listens, and starts the pipeline: everything after the engines. The health route
 * answers from the moment of listening. What was started is added to the launch's stop hooks.
 */
export async function serve({ launched, settings, version, progress, log }: ServeOptions): Promise<Serving> {
  const { dataDir, engines, onStop } = launched;
  const { databaseUrl, clickhouse } = engines;
  await asStep(progress, 'Database up to date', () => migrate(databaseUrl));
  const db = connect(databaseUrl, { max: 20, log });
  onStop({ name: 'database connections', stop: () => db.destroy() });
  await ensureFirstAccount(db);

  let started = false;
  const live = startLiveFeed({ db, databaseUrl, log });
  const health = healthReport({
    version,
    engines,
    clock,
    started: () => started,
    probes: {
      postgres: () => pingDatabase(db),
      clickhouse: () => fetch(new URL('/ping', clickhouse.url)).then((answer) => answer.arrayBuffer()),
    },
  });
  const intake = {
    db,
    clock,
    limits: intakeLimits(settings.limits),
    mappings: await readMappings(join(dataDir, 'mappings')),
  };
  const app = createApp(
    { db, settings, log, clock, version, health, live, intake },
    portalFiles(join(projectRoot, 'apps', 'portal', 'dist')),
  );
  const http = await listenHttp(app.fetch as never, settings);
  onStop({ name: 'HTTP server', stop: () => http.stop() });
  onStop({ name: 'live events', stop: live.stop });
  await launched.announce(http.url);
  const forget = await writeLocalAccess(dataDir, { url: http.url, databaseUrl });
  onStop({ name: 'local access', stop: forget });
  const pipeline = await startPipeline({ db, log, clock });
  onStop({ name: 'pipeline', stop: pipeline.stop });
  onStop({ name: 'intake notices', stop: listen(databaseUrl, intakeChannel, pipeline.notify) });
  started = true;
  return { url: http.url, db };
}
