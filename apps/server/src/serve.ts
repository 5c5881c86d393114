import { join } from 'node:path';
import { migrate, secretKeys } from '@throughline/store';
import type { Logger } from 'pino';
import type { Launched } from './launch/launch.ts';
import { asStep, type Progress } from './launch/progress.ts';
import { writeLocalAccess } from './local-access.ts';
import { projectRoot } from './project.ts';
import { type Service, startService } from './service.ts';
import type { Settings } from './settings.ts';

/** What `serve` takes. */
export type ServeOptions = {
  launched: Launched;
  settings: Settings;
  version: string;
  progress: Progress;
  log: Logger;
};

/** Everything after the engines: brings the database up to date, starts the service, says where it is. */
export async function serve({ launched, settings, version, progress, log }: ServeOptions): Promise<Service> {
  const { dataDir, engines, onStop } = launched;
  await asStep(progress, 'Database up to date', () => migrate(engines.databaseUrl));
  const service = await startService({
    engines,
    settings,
    version,
    log,
    clock: () => new Date(),
    keys: secretKeys(dataDir, process.env),
    dataDir,
    mappings: join(dataDir, 'mappings'),
    rules: [join(projectRoot, 'content', 'detections'), join(dataDir, 'rules')],
    portal: join(projectRoot, 'apps', 'portal', 'dist'),
    onStop,
  });
  const { url } = service;
  await launched.announce(url);
  const forget = await writeLocalAccess(dataDir, { url, databaseUrl: engines.databaseUrl });
  onStop({ name: 'local access', stop: forget });
  return service;
}
