import type { Credentials } from './auth.ts';

/** What the server tells its ClickHouse child over the IPC channel, once. */
export interface ChildConfig extends Credentials {
  /** Directory of the ClickHouse data. */
  path: string;
  /** Loopback port to listen on; 0 for any free one. */
  port: number;
}

/** What the child answers, once. */
export type ChildReport = { ready: { port: number } } | { failed: string };
