import type { MessageView } from './incident-view.ts';

/** An invented incident, for previews and test mails of an installation that has none yet. */
export const sampleMessage: MessageView = {
  event: 'created',
  ruleName: 'Example',
  incident: {
    id: 1042,
    displayName: 'Credential theft on FIN-WS-07 after phishing (example)',
    severity: 'high',
    status: 'active',
    assignedTo: null,
    priorityScore: 87,
    reason: 'Joined by a file hash seen on 2 devices only',
    categories: ['InitialAccess', 'CredentialAccess', 'LateralMovement'],
    tags: ['Critical asset'],
    sources: ['Endpoint', 'Mail', 'Identity'],
    scope: { devices: 3, users: 2, mailboxes: 1, apps: 0, cloudResources: 0 },
    alertsActive: 12,
    alertsTotal: 14,
    firstActivity: '2026-01-31T09:02:11.000Z',
    lastActivity: '2026-01-31T09:41:53.000Z',
  },
  alerts: [
    {
      title: 'Credentials read from the memory of lsass.exe',
      severity: 'high',
      serviceSource: 'Endpoint',
      detectionSource: 'Endpoint sensor',
      at: '2026-01-31T09:41:53.000Z',
    },
  ],
  alertCount: 1,
  mergedFrom: [],
};
