import type { Health } from '@throughline/model';
import type { Db } from '@throughline/store';
import type { Logger } from 'pino';
import type { ByteRoom } from '../intake/byte-room.ts';
import type { Intake } from '../intake/take-body.ts';
import type { Settings } from '../settings.ts';
import type { LiveFeed } from './live-feed.ts';

/** What handlers work with; made once, by `serve`. */
export type Services = {
  db: Db;
  settings: Settings;
  log: Logger;
  clock: () => Date;
  version: string;
  health: () => Promise<Health>;
  live: LiveFeed;
  intake: Intake;
  bodyRoom: ByteRoom;
};
