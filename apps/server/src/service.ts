import {
  connect,
  type Db,
  ensureFirstAccount,
  type HuntingStore,
  intakeChannel,
  listen,
  liveChannel,
  openHuntingStore,
  pingDatabase,
  type SecretKeys,
} from '@throughline/store';
import type { Engines } from '@throughline/store/engine';
import type { Logger } from 'pino';
import { createApp } from './api/app.ts';
import { startLiveFeed } from './api/live-feed.ts';
import { startAuditJobs } from './audit/audit-jobs.ts';
import { startAuditLog } from './audit/audit-log.ts';
import { startPreviews } from './correlation-settings/previews.ts';
import { ruleLibrary } from './detection/rule-library.ts';
import { startTelemetryRetention } from './events/retention-job.ts';
import { startEvents } from './events/start-events.ts';
import { healthReport } from './health-report.ts';
import { listenHttp } from './http/http-server.ts';
import { byteRoom } from './intake/byte-room.ts';
import { intakeLimits } from './intake/intake-limits.ts';
import { readMappings } from './intake/mappings.ts';
import type { StopHook } from './launch/shutdown.ts';
import { type Notifier, startNotifier } from './notify/notifier.ts';
import { jobRegistry } from './operations-watch/job-registry.ts';
import { type Pipeline, startPipeline } from './pipeline/pipeline.ts';
import { portalFiles } from './portal/portal-files.ts';
import type { Settings } from './settings.ts';
import { startDeletionJob } from './settings-api/deletion-job.ts';
import { startDataUpkeep } from './settings-api/upkeep-job.ts';
import { discoveries } from './sso/discovery.ts';

/** What `startService` takes. The database must be migrated. */
export type ServiceOptions = {
  engines: Pick<Engines, 'databaseUrl' | 'clickhouse' | 'health'>;
  settings: Settings;
  version: string;
  log: Logger;
  clock: () => Date;
  /** Open the secrets of the database. */
  keys: SecretKeys;
  /** Certificates (PEM) that mail servers are checked against instead of the system's. */
  mailCa?: string | undefined;
  /** Where the data is, for the watch over its disk; left out: it is not watched. */
  dataDir?: string | undefined;
  /** Folder of mapping files; need not exist. */
  mappings: string;
  /** Folders of detection rules; need not exist. */
  rules?: readonly string[];
  /** Folder of the built portal. */
  portal: string;
  /** Gets what is to be stopped, in the order of starting. */
  onStop: (hook: StopHook) => void;
};

/** A service that answers. */
export type Service = {
  url: string;
  db: Db;
  hunting: HuntingStore;
  pipeline: Pipeline;
  /** Writes the sums of frequent uses to the audit log now. */
  flushAudit: () => Promise<void>;
};

// How many bodies of the largest size are read at the same time.
const BODIES_IN_FLIGHT = 2;
// Between two looks of the watch over the server.
const LOOK_MS = 30_000;

/** Starts API, portal, live feed and pipeline on a database. Health answers from the moment of listening. */
export async function startService(options: ServiceOptions): Promise<Service> {
  const { engines, settings, version, log, clock, keys, onStop } = options;
  const { databaseUrl, clickhouse } = engines;
  const mappings = await readMappings(options.mappings);
  const db = connect(databaseUrl, { max: 20, log });
  onStop({ name: 'database connections', stop: () => db.destroy() });
  await ensureFirstAccount(db);
  const hunting = openHuntingStore(clickhouse);
  onStop({ name: 'telemetry connections', stop: hunting.close });

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
  const intake = { db, clock, limits: intakeLimits(settings), mappings, settleMs: settings.settleMs };
  const bodyRoom = byteRoom(BODIES_IN_FLIGHT * settings.limits.bodyBytes);
  const auditLog = startAuditLog({ db, clock, log });
  onStop({ name: 'audit sums', stop: auditLog.sums.stop });
  let portalUrl = '';
  let notifier: Notifier | undefined;
  const notifications = { portalUrl: () => portalUrl, mailCa: options.mailCa, wake: () => notifier?.notify() };
  const previews = startPreviews({ db, log, clock });
  onStop({ name: 'previews', stop: previews.stop });
  const services = {
    db,
    hunting,
    settings,
    log,
    clock,
    version,
    health,
    live,
    auditLog,
    keys,
    intake,
    bodyRoom,
    notifications,
    operations: {
      dataDir: options.dataDir,
      databaseElsewhere: engines.health().postgres.kind === 'external',
    },
    ruleLibrary: ruleLibrary(db, options.rules ?? [], clock),
    previews,
    discoveries: discoveries(settings.outbound, clock),
  };
  const http = await listenHttp(createApp(services, portalFiles(options.portal)).fetch, settings);
  portalUrl = settings.publicUrl?.href ?? http.url;
  onStop({ name: 'HTTP server', stop: () => http.stop() });
  onStop({ name: 'live events', stop: live.stop });

  const jobs = jobRegistry(db, clock);
  onStop({ name: 'notes of recurring work', stop: jobs.stop });
  const { note } = jobs;
  const pipeline = await startPipeline({ db, log, clock, note });
  onStop({ name: 'pipeline', stop: pipeline.stop });
  const events = startEvents({ db, databaseUrl, clickhouse, rules: options.rules ?? [], log, note });
  onStop({ name: 'telemetry', stop: events.stop });
  const arrived = () => {
    pipeline.notify();
    events.notify();
  };
  onStop({ name: 'intake notices', stop: listen(databaseUrl, intakeChannel, arrived) });
  onStop({ name: 'deletion', stop: startDeletionJob({ db, clock, log, note }) });
  onStop({ name: 'telemetry retention', stop: startTelemetryRetention({ db, store: hunting, clock, log, note }) });
  onStop({ name: 'data upkeep', stop: startDataUpkeep({ db, clock, log, note }) });
  onStop({ name: 'audit jobs', stop: startAuditJobs({ db, keys, clock, log, settings, note }) });
  const watch = { dataDir: options.dataDir, note, everyMs: LOOK_MS };
  notifier = startNotifier({
    db,
    log,
    clock,
    keys,
    allow: settings.outbound,
    portalUrl,
    mailCa: options.mailCa,
    watch,
  });
  onStop({ name: 'notifier', stop: notifier.stop });
  onStop({ name: 'live notices', stop: listen(databaseUrl, liveChannel, notifier.notify) });
  started = true;
  return { url: http.url, db, hunting, pipeline, flushAudit: auditLog.sums.flush };
}
