export * from './announce.ts';
export { changeAlert } from './change-alert.ts';
export * from './change-error.ts';
export { changeIncident, changeIncidents } from './change-incident.ts';
export { addComment, editComment } from './comment.ts';
export * from './in-transaction.ts';
export type { AutomaticName } from './incident-steps.ts';
