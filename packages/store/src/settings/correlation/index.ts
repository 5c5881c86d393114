export * from './correlation-settings.ts';
export * from './exception-subjects.ts';
export * from './measured-hubs.ts';
export * from './replay-alerts.ts';
