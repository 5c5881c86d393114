import type { IncidentChange, IncidentDetail } from '@throughline/model';

/** What stands in the manage form. */
export type Draft = Pick<
  IncidentDetail,
  'status' | 'assignedTo' | 'classification' | 'determination' | 'customTags'
> & {
  comment: string;
  resolveAlerts: boolean;
};

/** The form as it opens. */
export const draftOf = (incident: IncidentDetail): Draft => ({
  status: incident.status,
  assignedTo: incident.assignedTo,
  classification: incident.classification,
  determination: incident.determination,
  customTags: incident.customTags,
  comment: '',
  resolveAlerts: true,
});

/** What differs between the draft and the incident, or `undefined` when nothing does. */
export function changeOf(incident: IncidentDetail, draft: Draft): IncidentChange | undefined {
  const change: IncidentChange = {};
  const { status } = draft;
  if (status !== incident.status && (status === 'active' || status === 'inProgress' || status === 'resolved')) {
    change.status = status;
    if (status === 'resolved' && incident.alertsActive > 0) change.resolveAlerts = draft.resolveAlerts;
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
