import pg from 'pg';
import { clientConfig } from '../database.ts';

/** Notified when live events were committed. */
export const liveChannel = 'throughline_live';

const RETRY_MS = 1000;

/**
 * Calls `notified` whenever `channel` is notified, and once after each time the connection was made, since what was said
 * meanwhile was not heard. A lost connection is made again. Returns what ends it.
 */
export function listen(url: string, channel: string, notified: () => void): () => Promise<void> {
  let client: pg.Client | undefined;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;

  const again = () => {
    client = undefined;
    clearTimeout(timer);
    if (!stopped) timer = setTimeout(connect, RETRY_MS);
  };
  const connect = async () => {
    const next = new pg.Client(clientConfig(url, 'serve'));
    client = next;
    next.on('error', () => {});
    next.on('end', () => {
      if (client === next) again();
    });
    next.on('notification', notified);
    try {
      await next.connect();
      await next.query(`listen ${pg.escapeIdentifier(channel)}`);
      notified();
    } catch {
      await next.end().catch(() => {});
      if (client === next) again();
    }
  };
  const connecting = connect();
  return async () => {
    stopped = true;
    clearTimeout(timer);
    await connecting;
    await client?.end().catch(() => {});
  };
}
