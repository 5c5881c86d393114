import { readSettings, type Settings } from '../settings.ts';
import { UsageError } from './verb.ts';

/** The settings with what the command line says over the environment. Throws SettingsError, UsageError. */
export function settingsOf(
  values: { port?: string | undefined; host?: string | undefined },
  env: NodeJS.ProcessEnv,
): Settings {
  const settings = readSettings(env);
  const port = values.port === undefined ? settings.port : Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new UsageError(`--port takes a number from 0 to 65535, not "${values.port}".`);
  }
  return { ...settings, port, host: values.host ?? settings.host };
}
