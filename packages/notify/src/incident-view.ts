import type { IncidentStatus, NoticeEvent, Severity } from '@throughline/model';
import type { AlertLine } from './plan.ts';

/** An incident as messages show it. Texts are as stored: whoever renders makes them safe. */
export type IncidentView = {
  id: number;
  displayName: string;
  severity: Severity;
  status: IncidentStatus;
  assignedTo: string | null;
  priorityScore: number;
  reason: string;
  categories: readonly string[];
  tags: readonly string[];
  sources: readonly string[];
  scope: { devices: number; users: number; mailboxes: number; apps: number; cloudResources: number };
  alertsActive: number;
  alertsTotal: number;
  /** Instants. */
  firstActivity: string;
  lastActivity: string;
};

/** What a message says. */
export type MessageView = {
  event: NoticeEvent;
  ruleName: string;
  incident: IncidentView;
  alerts: readonly AlertLine[];
  alertCount: number;
  mergedFrom: readonly number[];
  /** Set when the rule wants it. */
  organization?: string;
  /** Address of the incident in the portal; set when the rule wants it. */
  link?: string;
  /** Where its recipient acknowledges the incident; set while it escalates. */
  acknowledge?: string;
};
