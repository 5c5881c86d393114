/** What a notification rule is about. */
export const ruleKinds = ['incident', 'action', 'report', 'operations'] as const;
export type RuleKind = (typeof ruleKinds)[number];

/** Who ordered a response action: a person, or automation. */
export const actionSources = ['manual', 'automated'] as const;
export type ActionSource = (typeof actionSources)[number];
export const actionTypes = [
  'isolateDevice',
  'releaseDevice',
  'restrictExecution',
  'removeRestriction',
  'runScan',
  'collectPackage',
  'quarantineFile',
  'blockIndicator',
  'liveResponse',
  'disableUser',
  'revokeSessions',
  'deleteMail',
] as const;
export type ActionType = (typeof actionTypes)[number];
/** What people read for them, in the portal and in messages. */
export const actionTypeWords: Record<ActionType, string> = {
  isolateDevice: 'Isolate device',
  releaseDevice: 'Release device from isolation',
  restrictExecution: 'Restrict app execution',
  removeRestriction: 'Remove app restriction',
  runScan: 'Run antivirus scan',
  collectPackage: 'Collect investigation package',
  quarantineFile: 'Stop and quarantine file',
  blockIndicator: 'Block indicator',
  liveResponse: 'Live response',
  disableUser: 'Disable user',
  revokeSessions: 'Revoke sessions',
  deleteMail: 'Delete mail',
};
export const actionStatuses = ['pending', 'completed', 'failed', 'cancelled'] as const;
export type ActionStatus = (typeof actionStatuses)[number];
export const actionStatusWords: Record<ActionStatus, string> = {
  pending: 'Pending',
  completed: 'Completed',
  failed: 'Failed',
  cancelled: 'Cancelled',
};

/** Which changes of threat reports a rule hears of. */
export const reportChanges = ['all', 'new', 'updated'] as const;
export type ReportChange = (typeof reportChanges)[number];
export const reportTypes = ['actor', 'campaign', 'attackSurface', 'technique', 'tool', 'vulnerability'] as const;
export type ReportType = (typeof reportTypes)[number];
export const reportTypeWords: Record<ReportType, string> = {
  actor: 'Actor',
  campaign: 'Campaign',
  attackSurface: 'Attack surface',
  technique: 'Technique',
  tool: 'Tool',
  vulnerability: 'Vulnerability',
};

/** What the watch over the server looks at. */
export const operationKinds = [
  'sourceSilent',
  'sourceClock',
  'ledgerUnbalanced',
  'diskLow',
  'jobFailing',
  'deadLetters',
] as const;
export type OperationKind = (typeof operationKinds)[number];

/** Why a rule is silent although it is on: what its author may no longer see or do. */
export const ruleStops = ['authorDisabled', 'authorMayNot', 'authorScope'] as const;
export type RuleStop = (typeof ruleStops)[number];
