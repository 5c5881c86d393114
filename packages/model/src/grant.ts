/** How far a grant goes: `manage` does not bring `read` by itself. */
export type GrantLevel = 'read' | 'manage';

type Area = { label: string; levels: readonly GrantLevel[] };

/**
 * The unified permissions, by group and area, each split into read and manage. A role is a choice of these. Areas that
 * nothing uses yet can be granted: they take effect with the part of the product that asks for them.
 */
export const grantGroups = {
  securityData: {
    label: 'Security operations: security data',
    areas: {
      securityDataBasics: { label: 'Security data basics', levels: ['read'] },
      alerts: { label: 'Alerts', levels: ['manage'] },
      response: { label: 'Response', levels: ['manage'] },
      basicLiveResponse: { label: 'Basic live response', levels: ['manage'] },
      advancedLiveResponse: { label: 'Advanced live response', levels: ['manage'] },
      fileCollection: { label: 'File collection', levels: ['manage'] },
      emailQuarantine: { label: 'Email & collaboration quarantine', levels: ['manage'] },
      emailAdvancedActions: { label: 'Email & collaboration advanced actions', levels: ['manage'] },
    },
  },
  rawData: {
    label: 'Security operations: raw data',
    areas: {
      emailMetadata: { label: 'Email & collaboration metadata', levels: ['read'] },
      emailContent: { label: 'Email & collaboration content', levels: ['read'] },
      alertEmailContent: { label: 'Content of emails tied to alerts', levels: ['read'] },
      quarantineEmails: { label: 'Quarantined emails', levels: ['read'] },
    },
  },
  posture: {
    label: 'Security posture',
    areas: {
      vulnerabilities: { label: 'Vulnerability management', levels: ['read'] },
      exceptions: { label: 'Exception handling', levels: ['manage'] },
      remediation: { label: 'Remediation handling', levels: ['manage'] },
      applications: { label: 'Application handling', levels: ['manage'] },
      baselines: { label: 'Security baselines assessment', levels: ['manage'] },
      exposure: { label: 'Exposure management', levels: ['read', 'manage'] },
    },
  },
  settings: {
    label: 'Authorization and settings',
    areas: {
      authorization: { label: 'Authorization', levels: ['read', 'manage'] },
      coreSettings: { label: 'Core security settings', levels: ['read', 'manage'] },
      detectionTuning: { label: 'Detection tuning', levels: ['manage'] },
      systemSettings: { label: 'System settings', levels: ['read', 'manage'] },
    },
  },
  dataOperations: {
    label: 'Data operations',
    areas: {
      data: { label: 'Data', levels: ['manage'] },
      analyticsJobs: { label: 'Analytics jobs schedule', levels: ['read', 'manage'] },
    },
  },
} as const satisfies Record<string, { label: string; areas: Record<string, Area> }>;

type Areas = {
  [G in keyof typeof grantGroups]: (typeof grantGroups)[G]['areas'];
}[keyof typeof grantGroups];
type GrantOf<A> =
  A extends Record<string, Area>
    ? { [K in keyof A & string]: `${K}.${A[K]['levels'][number]}` }[keyof A & string]
    : never;

/** One unified permission: an area with its level, "alerts.manage". */
export type Grant = GrantOf<Areas>;

/** Every grant, in the order of the groups. */
export const grants = Object.values(grantGroups).flatMap(({ areas }) =>
  Object.entries(areas as Record<string, Area>).flatMap(([area, { levels }]) =>
    levels.map((level) => `${area}.${level}` as Grant),
  ),
);

/** The roles that are always there. */
export const builtInRoles = [
  'globalAdministrator',
  'securityAdministrator',
  'securityOperator',
  'globalReader',
  'securityReader',
] as const;
export type BuiltInRole = (typeof builtInRoles)[number];
