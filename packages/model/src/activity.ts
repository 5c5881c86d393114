/** What can happen to an incident or alert: the closed list of the activity log. */
export const activityKinds = [
  'incidentOpened',
  'alertLinked',
  'alertUpdated',
  'incidentMerged',
  'incidentUnmerged',
  'alertsMoved',
  'renamed',
  'severityChanged',
  'statusChanged',
  'assigned',
  'classified',
  'tagsChanged',
  'commented',
  'commentEdited',
  'resolved',
  'alertStatusChanged',
  'acknowledged',
] as const;
export type ActivityKind = (typeof activityKinds)[number];

/** Who did it: a person, a token acting for a person, or a part of the system. */
export type Actor = { kind: 'person' | 'token' | 'system'; name: string };

/** The system's own actors, named in the log. */
export const correlationActor: Actor = { kind: 'system', name: 'alert correlation' };
export const tuningActor: Actor = { kind: 'system', name: 'alert tuning' };
export const intakeActor: Actor = { kind: 'system', name: 'intake' };
