import { mkdir, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { destination, type Logger, pino } from 'pino';
import type { Settings } from '../settings.ts';

const LARGEST_LOG = 16 * 1024 * 1024;
// Where secrets could be, should a careless line ever log a request.
const redact = [
  'req.headers.authorization',
  'req.headers.cookie',
  'headers.authorization',
  'headers.cookie',
  'password',
];

/** A log of JSON lines on standard output, for a service manager to keep. */
export function logToOutput({ logLevel }: Pick<Settings, 'logLevel'>): Logger {
  return pino({ level: logLevel, redact, base: null }, destination({ dest: 1, sync: true }));
}

/** A log of JSON lines in `server.log` of the data directory; one that grew large makes room and is kept once. */
export async function logToFile({ logLevel }: Pick<Settings, 'logLevel'>, dataDir: string): Promise<Logger> {
  const file = join(dataDir, 'server.log');
  const options = { level: logLevel, redact, base: null };
  try {
    await mkdir(dataDir, { recursive: true, mode: 0o700 });
    const { size } = await stat(file).catch(() => ({ size: 0 }));
    if (size > LARGEST_LOG) await rename(file, `${file}.1`);
    return pino(options, destination({ dest: file, sync: true, mode: 0o600 }));
  } catch {
    // The launch looks at the directory next and says what is wrong with it in better words.
    return pino({ level: 'silent' });
  }
}
