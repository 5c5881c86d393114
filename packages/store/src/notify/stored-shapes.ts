import type { MailServerBody, NotificationRuleBody, Severity } from '@throughline/model';

/** Whom a rule tells: a mail address, or a webhook by its id as text; and since when (instant). */
export type StoredRecipient = { channel: 'mail' | 'webhook'; target: string; since: string };

/** What a rule listens to and how it speaks. */
export type StoredRuleDefinition = Pick<
  NotificationRuleBody,
  | 'sources'
  | 'severities'
  | 'firstOnly'
  | 'includeOrganization'
  | 'includeLink'
  | 'quietMinutes'
  | 'action'
  | 'report'
  | 'operations'
>;

/** The mail server's settings without its secret. */
export type StoredMailServer = Omit<MailServerBody, 'secret' | 'refreshToken'>;

/** An alert as a message lists it; `at` is an instant. */
export type StoredAlertLine = {
  /** Absent in messages of older versions. */
  id?: string;
  title: string;
  severity: Severity;
  serviceSource: string;
  detectionSource: string;
  at: string;
  raisedFrom?: Severity;
};
