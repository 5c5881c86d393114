export * from './event-batch.ts';
export * from './finish-telemetry.ts';
export * from './hunting-store.ts';
export * from './partitions.ts';
export * from './retention.ts';
export * from './telemetry-retention.ts';
export * from './telemetry-scope.ts';
export * from './write-events.ts';
