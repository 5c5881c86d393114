import type { Classification, Determination, IncidentChange, IncidentDetail } from '@throughline/model';
import { determinationsOf } from '@throughline/model';

/** What stands in the manage form. */
export type Draft = Pick<
  IncidentDetail,
  'displayName' | 'severity' | 'status' | 'assignedTo' | 'classification' | 'determination' | 'customTags'
> & {
  comment: string;
  resolvingComment: string;
  resolveAlerts: boolean;
};

/** The form as it opens. */
export function draftOf(incident: IncidentDetail): Draft {
  const { displayName, severity, status, assignedTo, classification, determination, customTags } = incident;
  return {
    displayName,
    severity,
    status,
    assignedTo,
    classification,
    determination,
    customTags,
    comment: '',
    resolvingComment: '',
    resolveAlerts: true,
  };
}

/** The determination that goes with a new classification: the old one where the tree has it, else the first offered. */
export function determinationUnder(classification: Classification, before: Determination): Determination {
  const offered = determinationsOf[classification];
  return offered.includes(before) ? before : (offered[0] ?? 'unknown');
}

/** What differs between the draft and the incident, or `undefined` when nothing does. */
export function changeOf(incident: IncidentDetail, draft: Draft): IncidentChange | undefined {
  const change: IncidentChange = {};
  const { status, severity } = draft;
  const name = draft.displayName.trim();
  if (name !== '' && name !== incident.displayName) change.displayName = name;
  if (severity !== incident.severity && severity !== 'unknown') change.severity = severity;
  if (status !== incident.status && (status === 'active' || status === 'inProgress' || status === 'resolved')) {
    change.status = status;
    if (status === 'resolved') {
      if (draft.resolvingComment.trim() !== '') change.resolvingComment = draft.resolvingComment.trim();
      if (incident.alertsActive > 0) change.resolveAlerts = draft.resolveAlerts;
    }
  }
  if (draft.assignedTo !== incident.assignedTo) change.assignedTo = draft.assignedTo;
  if (draft.classification !== incident.classification) change.classification = draft.classification;
  if (draft.determination !== incident.determination || change.classification !== undefined) {
    change.determination = draft.determination;
  }
  if (JSON.stringify(draft.customTags) !== JSON.stringify(incident.customTags)) change.customTags = draft.customTags;
  if (draft.comment.trim() !== '') change.comment = draft.comment.trim();
  return Object.keys(change).length === 0 ? undefined : change;
}
