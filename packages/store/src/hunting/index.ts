export * from './event-batch.ts';
export * from './hunting-store.ts';
export * from './telemetry-scope.ts';
export * from './write-events.ts';
