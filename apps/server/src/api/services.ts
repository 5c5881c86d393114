import type { Health } from '@throughline/model';
import type { Db, HuntingStore, SecretKeys } from '@throughline/store';
import type { Logger } from 'pino';
import type { AuditLog } from '../audit/audit-log.ts';
import type { Previews } from '../correlation-settings/previews.ts';
import type { RuleLibrary } from '../detection/rule-library.ts';
import type { ByteRoom } from '../intake/byte-room.ts';
import type { Intake } from '../intake/take-body.ts';
import type { Notifications } from '../notify/notifications.ts';
import type { Settings } from '../settings.ts';
import type { Discoveries } from '../sso/discovery.ts';
import type { LiveFeed } from './live-feed.ts';

/** What handlers work with; made once, by `serve`. */
export type Services = {
  db: Db;
  /** Tables of telemetry. */
  hunting: HuntingStore;
  settings: Settings;
  log: Logger;
  clock: () => Date;
  version: string;
  health: () => Promise<Health>;
  live: LiveFeed;
  auditLog: AuditLog;
  /** Open the secrets of the database. */
  keys: SecretKeys;
  intake: Intake;
  bodyRoom: ByteRoom;
  notifications: Notifications;
  /** What the watch over the server cannot ask the database. */
  operations: { dataDir: string | undefined; databaseElsewhere: boolean };
  /** The detection rules there are, for people to see. */
  ruleLibrary: RuleLibrary;
  /** Previews of correlation settings. */
  previews: Previews;
  /** What sign-in providers say of themselves. */
  discoveries: Discoveries;
};
