import type { NotificationSource, Severity } from '@throughline/model';

/** Whom a rule tells. `since` is an instant: incidents that began before it are none of theirs. */
export type Recipient = { channel: 'mail' | 'webhook'; target: string; since: string };

/** A notification rule as the planner sees it. */
export type Rule = {
  id: number;
  name: string;
  enabled: boolean;
  /** null = all. */
  sources: readonly NotificationSource[] | null;
  severities: readonly Severity[];
  firstOnly: boolean;
  includeOrganization: boolean;
  includeLink: boolean;
  quietMinutes: number;
  recipients: readonly Recipient[];
};

/** An alert as rules judge it. */
export type JudgedAlert = { severity: Severity; serviceSource: string; detectionSource: string };
