import type { IncidentChange } from '@throughline/model';
import type { Updateable } from 'kysely';
import type { Database } from '../database.ts';
import { rankOf, severityOf } from '../query/severity-rank.ts';
import type { ActivityStep } from './activity-step.ts';
import { ChangeError } from './change-error.ts';
import { classify } from './classify.ts';
import type { LockedIncident } from './lock-incident.ts';
import { storedText } from './stored-text.ts';
import { firstLine, inWords, ownerInWords, verdictInWords } from './wording.ts';

/** Names an incident from the facts the correlator keeps of it; null leaves the name as it is. */
export type AutomaticName = (facts: unknown) => string | null;

/** What a change does to an incident's row, and how the log tells it. Nothing where the incident already is so. */
export type IncidentPlan = { set: Updateable<Database['incident']>; steps: ActivityStep[] };

/**
 * Works out a change of an incident; pure. Comments and what it does to alerts are not part of the plan.
 *
 * @throws ChangeError `invalid` for values that do not fit each other or the incident.
 */
export function planIncidentChange(
  incident: LockedIncident,
  change: IncidentChange,
  now: Date,
  automaticName: AutomaticName,
): IncidentPlan {
  const plan: IncidentPlan = { set: {}, steps: [] };
  planName(plan, incident, change, automaticName);
  planSeverity(plan, incident, change);
  planOwner(plan, incident, change);
  planClassification(plan, incident, change);
  planTags(plan, incident, change);
  planStatus(plan, incident, change, now);
  return plan;
}

function planName(
  plan: IncidentPlan,
  incident: LockedIncident,
  change: IncidentChange,
  automatic: AutomaticName,
): void {
  if (change.displayName !== undefined && change.unlockName) {
    throw new ChangeError('invalid', 'unlockName', 'displayName locks the name and unlockName frees it: give one.');
  }
  const before = { displayName: incident.display_name, nameLocked: incident.name_locked };
  if (change.displayName !== undefined) {
    const name = storedText('displayName', change.displayName);
    if (name === incident.display_name && incident.name_locked) return;
    Object.assign(plan.set, { display_name: name, name_locked: true });
    const summary = name === before.displayName ? 'Name fixed as it is' : `Renamed to "${name}"`;
    plan.steps.push({ kind: 'renamed', summary, before, after: { displayName: name, nameLocked: true } });
  } else if (change.unlockName && incident.name_locked) {
    const name = automatic(incident.facts) ?? incident.display_name;
    Object.assign(plan.set, { display_name: name, name_locked: false });
    const summary = `Name given back to automatic naming: "${name}"`;
    plan.steps.push({ kind: 'renamed', summary, before, after: { displayName: name, nameLocked: false } });
  }
}

function planSeverity(plan: IncidentPlan, incident: LockedIncident, { severity }: IncidentChange): void {
  if (severity === undefined || (rankOf(severity) === incident.severity && incident.severity_locked)) return;
  Object.assign(plan.set, { severity: rankOf(severity), severity_locked: true });
  const was = severityOf(incident.severity);
  plan.steps.push({
    kind: 'severityChanged',
    summary: was === severity ? `Severity fixed at ${severity}` : `Severity changed from ${was} to ${severity}`,
    before: { severity: was, severityLocked: incident.severity_locked },
    after: { severity, severityLocked: true },
  });
}

function planOwner(plan: IncidentPlan, incident: LockedIncident, change: IncidentChange): void {
  if (change.assignedTo === undefined) return;
  const owner = storedText('assignedTo', change.assignedTo ?? '').trim() || null;
  if (owner === incident.assigned_to) return;
  plan.set.assigned_to = owner;
  plan.steps.push({
    kind: 'assigned',
    summary:
      owner === null
        ? `Unassigned from ${ownerInWords(incident.assigned_to ?? '')}`
        : `Assigned to ${ownerInWords(owner)}`,
    before: { assignedTo: incident.assigned_to },
    after: { assignedTo: owner },
  });
}

function planClassification(plan: IncidentPlan, incident: LockedIncident, change: IncidentChange): void {
  const { classification, determination } = incident;
  const after = classify({ classification, determination }, change);
  if (after.classification === classification && after.determination === determination) return;
  Object.assign(plan.set, after);
  plan.steps.push({
    kind: 'classified',
    summary: `Classified as ${verdictInWords(after.classification, after.determination)}`,
    before: { classification, determination },
    after,
  });
}

function planTags(plan: IncidentPlan, incident: LockedIncident, { customTags }: IncidentChange): void {
  if (customTags === undefined) return;
  const byFolded = new Map<string, string>();
  for (const tag of customTags.map((text) => storedText('customTags', text))) {
    if (!byFolded.has(tag.toLowerCase())) byFolded.set(tag.toLowerCase(), tag);
  }
  const tags = [...byFolded.values()];
  const before = incident.custom_tags;
  const added = tags.filter((tag) => !before.includes(tag));
  const removed = before.filter((tag) => !tags.includes(tag));
  if (added.length === 0 && removed.length === 0) return;
  plan.set.custom_tags = tags;
  const said = [added.length > 0 && `added ${added.join(', ')}`, removed.length > 0 && `removed ${removed.join(', ')}`];
  plan.steps.push({
    kind: 'tagsChanged',
    summary: firstLine(`Tags ${said.filter(Boolean).join('; ')}`),
    before: { customTags: before },
    after: { customTags: tags },
  });
}

function planStatus(plan: IncidentPlan, incident: LockedIncident, change: IncidentChange, now: Date): void {
  const { status = incident.status } = change;
  if (status !== 'resolved') {
    for (const field of ['resolvingComment', 'resolveAlerts'] as const) {
      if (change[field] === undefined) continue;
      throw new ChangeError(
        'invalid',
        field,
        `${field} goes with status "resolved"; the incident would be ${inWords(status)}.`,
      );
    }
    if (status === incident.status) return;
    Object.assign(plan.set, { status, resolved_at: null, resolving_comment: null });
    plan.steps.push({
      kind: 'statusChanged',
      summary: `Status changed from ${inWords(incident.status)} to ${inWords(status)}`,
      before: { status: incident.status },
      after: { status },
    });
    return;
  }
  const note =
    change.resolvingComment === undefined
      ? incident.resolving_comment
      : storedText('resolvingComment', change.resolvingComment);
  const resolving = incident.status !== 'resolved';
  if (!resolving && note === incident.resolving_comment) return;
  Object.assign(plan.set, { status, resolving_comment: note, ...(resolving && { resolved_at: now }) });
  plan.steps.push({
    kind: 'resolved',
    summary: note === null ? 'Resolved' : `Resolved: ${firstLine(note)}`,
    before: { status: incident.status, resolvingComment: incident.resolving_comment },
    after: { status, resolvingComment: note },
  });
}
