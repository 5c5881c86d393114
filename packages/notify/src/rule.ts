import type { NotificationSource, Severity } from '@throughline/model';

/** Whom a rule tells. `since` is an instant: incidents that began before it are none of theirs. */
export type Recipient = { channel: 'mail' | 'webhook'; target: string; since: string };

/** A rule about incidents as the planner sees it. */
export type Rule = {
  id: number;
  name: string;
  enabled: boolean;
  /** It reaches further than its author may see: it is silent until somebody who may saves it. */
  stopped: boolean;
  /** null = all. */
  sources: readonly NotificationSource[] | null;
  severities: readonly Severity[];
  /** Numbers of device groups, −1 = alerts that name no device; null = all. */
  deviceGroups: readonly number[] | null;
  firstOnly: boolean;
  includeOrganization: boolean;
  includeLink: boolean;
  quietMinutes: number;
  recipients: readonly Recipient[];
};

/** An alert as rules judge it. `groups` are the device groups it concerns, −1 = it names no device. */
export type JudgedAlert = {
  severity: Severity;
  serviceSource: string;
  detectionSource: string;
  groups: readonly number[];
};
