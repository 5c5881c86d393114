export * from './change-rules.ts';
export * from './read-rules.ts';
export * from './recent-alerts.ts';
export * from './rules-in-force.ts';
export * from './tuned-alerts.ts';
export * from './tuning-definition.ts';
export * from './tuning-error.ts';
