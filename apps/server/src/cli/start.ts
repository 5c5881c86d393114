import { parseArgs } from 'node:util';
import { defaultTenant } from '@throughline/model';
import { createOneTimeLink, type Db, firstAdministrator } from '@throughline/store';
import { commandLineEvent, inCommandLineAudit } from '../audit/command-line-audit.ts';
import { signInUrl } from '../http/sign-in-url.ts';
import { dataDirectoryPath } from '../launch/data-directory.ts';
import { launch } from '../launch/launch.ts';
import { createProgress } from '../launch/progress.ts';
import { projectRoot, projectVersion } from '../project.ts';
import { serve } from '../serve.ts';
import { runsUntilStopped } from './serve.ts';
import { logToFile } from './server-log.ts';
import { settingsOf } from './start-options.ts';
import type { Verb } from './verb.ts';

/** `throughline start`: for a person at a terminal; builds the portal when needed and ends with a sign-in link. */
export const startVerb: Verb = {
  usage: '[--port PORT] [--host HOST]',
  async run(args) {
    const { values } = parseArgs({ args, options: { port: { type: 'string' }, host: { type: 'string' } } });
    const settings = settingsOf(values, process.env);
    const version = await projectVersion();
    const log = await logToFile(settings, dataDirectoryPath(projectRoot, process.env));
    const progress = createProgress(process.stdout);
    const launched = await launch({
      root: projectRoot,
      version,
      host: settings.host,
      port: settings.port,
      env: process.env,
      progress,
      log,
    });
    const { url, db } = await serve({ launched, settings, version, progress, log });
    launched.onStop({ name: 'farewell', stop: () => progress.say('Stopping …') });
    const link = await administratorLink(db, settings.publicUrl ?? url);
    progress.say(`\nThroughline ${version} is ready at ${url}. Ctrl-C stops it.`);
    if (link === undefined) return runsUntilStopped();
    progress.say('Sign in with this link; it works once, within 15 minutes:');
    progress.say(link);
    return runsUntilStopped();
  },
};

async function administratorLink(db: Db, base: URL | string): Promise<string | undefined> {
  const administrator = await firstAdministrator(db, defaultTenant);
  if (administrator === undefined) return undefined;
  const { secret } = await inCommandLineAudit(
    db,
    (trx) => createOneTimeLink(trx, defaultTenant, administrator.id, new Date(), { local: true }),
    () => commandLineEvent('account.link', { kind: 'account', id: String(administrator.id) }, {}),
  );
  return signInUrl(base, secret);
}
