import type { AuditSend, Db, SecretKeys } from '@throughline/store';
import type { Logger } from 'pino';
import type { NoteRun } from '../operations-watch/job-registry.ts';
import type { Settings } from '../settings.ts';
import { startForwarding } from './forward.ts';
import { syslogSender } from './send-syslog.ts';
import { webhookSender } from './send-webhook.ts';
import { startAuditUpkeep } from './upkeep.ts';

/** What the audit log's jobs work with. */
export type AuditJobOptions = {
  db: Db;
  keys: SecretKeys;
  clock: () => Date;
  log: Logger;
  settings: Pick<Settings, 'audit' | 'outbound'>;
  note?: NoteRun;
};

/** Seals the log, removes what is too old, and forwards it to whoever the settings name. Returns what ends it. */
export function startAuditJobs({ db, keys, clock, log, settings, note }: AuditJobOptions): () => Promise<void> {
  const receivers = receiversOf(settings, clock);
  const stopForwarding = startForwarding({ db, clock, log, receivers, ...(note && { note }) });
  const stopUpkeep = startAuditUpkeep({
    db,
    keys,
    clock,
    log,
    retentionDays: settings.audit.days,
    ...(note && { note }),
  });
  return async () => {
    await Promise.all([stopForwarding(), stopUpkeep()]);
  };
}

function receiversOf({ audit, outbound }: AuditJobOptions['settings'], clock: () => Date): Record<string, AuditSend> {
  const { syslog, webhook } = audit;
  return {
    ...(syslog === undefined ? {} : { syslog: syslogSender(syslog, outbound) }),
    ...(webhook === undefined ? {} : { webhook: webhookSender(webhook, { allow: outbound }, clock) }),
  };
}
