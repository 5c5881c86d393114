import { parseArgs } from 'node:util';
import { launch } from '../launch/launch.ts';
import { createProgress } from '../launch/progress.ts';
import { projectRoot, projectVersion } from '../project.ts';
import { serve } from '../serve.ts';
import { logToOutput } from './server-log.ts';
import { settingsOf } from './start-options.ts';
import type { Verb } from './verb.ts';

/** `throughline serve`: for a service manager; the log goes to standard output, the portal must be built already. */
export const serveVerb: Verb = {
  usage: '[--port PORT] [--host HOST]',
  async run(args) {
    const { values } = parseArgs({ args, options: { port: { type: 'string' }, host: { type: 'string' } } });
    const settings = settingsOf(values, process.env);
    const version = await projectVersion();
    const log = logToOutput(settings);
    const progress = createProgress(process.stderr);
    const launched = await launch({
      root: projectRoot,
      version,
      host: settings.host,
      port: settings.port,
      env: process.env,
      progress,
      log,
      portal: false,
    });
    const { url } = await serve({ launched, settings, version, progress, log });
    progress.say(`Throughline ${version} listens on ${url}`);
    return runsUntilStopped();
  },
};

/** A verb that ends with its process. */
export function runsUntilStopped(): Promise<number> {
  return new Promise(() => {});
}
