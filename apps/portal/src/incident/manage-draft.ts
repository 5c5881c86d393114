import type { Classification, Determination, IncidentChange, IncidentRow } from '@throughline/model';
import { determinationsOf } from '@throughline/model';

/** What stands in the manage form. */
export type Draft = {
  displayName: string;
  severity: IncidentRow['severity'];
  status: 'active' | 'inProgress' | 'resolved';
  assignedTo: string | null;
  classification: Classification;
  determination: Determination;
  customTags: string[];
  comment: string;
  resolvingComment: string;
  resolveAlerts: boolean;
};

/** The form as it opens. */
export function draftOf(incident: IncidentRow): Draft {
  return {
    displayName: incident.displayName,
    severity: incident.severity,
    status: incident.status === 'resolved' || incident.status === 'inProgress' ? incident.status : 'active',
    assignedTo: incident.assignedTo,
    classification: incident.classification,
    determination: incident.determination,
    customTags: incident.customTags,
    comment: '',
    resolvingComment: '',
    resolveAlerts: true,
  };
}

/** A new classification takes the determination along only where the tree has it. */
export function reclassify(draft: Draft, classification: Classification): Draft {
  const offered = determinationsOf[classification];
  const determination = offered.includes(draft.determination) ? draft.determination : (offered[0] ?? 'unknown');
  return { ...draft, classification, determination };
}

/** The change that turns the incident into the draft: only the fields that differ; null when none does. */
export function changeOf(incident: IncidentRow, draft: Draft): IncidentChange | null {
  const before = draftOf(incident);
  const change: IncidentChange = {};
  const name = draft.displayName.trim();
  if (name !== before.displayName && name !== '') change.displayName = name;
  if (draft.severity !== before.severity && draft.severity !== 'unknown') change.severity = draft.severity;
  if (draft.status !== before.status) change.status = draft.status;
  if (draft.assignedTo !== before.assignedTo) change.assignedTo = draft.assignedTo;
  if (draft.classification !== before.classification || draft.determination !== before.determination) {
    change.classification = draft.classification;
    change.determination = draft.determination;
  }
  if (draft.customTags.join('\n') !== before.customTags.join('\n')) change.customTags = draft.customTags;
  if (draft.comment.trim() !== '') change.comment = draft.comment.trim();
  if (change.status === 'resolved') {
    if (draft.resolvingComment.trim() !== '') change.resolvingComment = draft.resolvingComment.trim();
    if (!draft.resolveAlerts) change.resolveAlerts = false;
  }
  return Object.keys(change).length === 0 ? null : change;
}

/** The change that takes `change` back; null when there is nothing that can be taken back (a comment stays). */
export function undoOf(incident: IncidentRow, change: IncidentChange): IncidentChange | null {
  const before = draftOf(incident);
  const undo: IncidentChange = {};
  if (change.displayName !== undefined) {
    if (incident.nameLocked) undo.displayName = incident.displayName;
    else undo.unlockName = true;
  }
  if (change.severity !== undefined && before.severity !== 'unknown') undo.severity = before.severity;
  if (change.status !== undefined) undo.status = before.status;
  if (change.assignedTo !== undefined) undo.assignedTo = before.assignedTo;
  if (change.classification !== undefined) {
    undo.classification = before.classification;
    undo.determination = before.determination;
  }
  if (change.customTags !== undefined) undo.customTags = before.customTags;
  return Object.keys(undo).length === 0 ? null : undo;
}
