import type { IncidentRow } from '@throughline/model';

/** An incident row for tests; what matters is given. */
export function rowWith(facts: Partial<IncidentRow>): IncidentRow {
  const instant = '2026-11-24T09:00:00.000Z';
  return {
    id: 1,
    kind: 'incident',
    displayName: 'Credential theft',
    nameLocked: false,
    severity: 'high',
    status: 'active',
    classification: 'unknown',
    determination: 'unknown',
    assignedTo: null,
    customTags: [],
    systemTags: [],
    priorityScore: 50,
    reason: '',
    tactics: [],
    serviceSources: [],
    detectionSources: [],
    deviceGroups: [],
    scope: { devices: 0, users: 0, mailboxes: 0, apps: 0, cloudResources: 0 },
    alertsActive: 3,
    alertsTotal: 5,
    firstActivityDateTime: instant,
    lastActivityDateTime: instant,
    createdDateTime: instant,
    lastUpdateDateTime: instant,
    redirectIncidentId: null,
    ...facts,
  };
}
